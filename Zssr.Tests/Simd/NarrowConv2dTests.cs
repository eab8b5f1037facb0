using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tensors.Simd;

namespace Zssr.Tests.Simd;

public sealed unsafe class NarrowConv2dTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private const double Tolerance = 1e-6;

    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("last_layer", new(1, 13, 14, 64, 3, 3, 3, 1, 1));
        yield return Case("one_channel_from_one", new(1, 9, 7, 1, 3, 3, 1, 1, 1));
        yield return Case("columns_past_a_vector", new(2, 6, 11, 20, 3, 3, 7, 1, 1));
        yield return Case("1x1_image", new(1, 1, 1, 16, 3, 3, 3, 1, 1));
        yield return Case("5x3_image", new(1, 5, 3, 5, 3, 3, 2, 1, 1));
        yield return Case("one_column", new(1, 12, 1, 8, 3, 3, 3, 1, 1));
        yield return Case("no_padding", new(1, 9, 10, 8, 3, 3, 3, 1, 0));
        yield return Case("5x5_kernel", new(1, 8, 9, 6, 5, 5, 3, 1, 2));
        yield return Case("5x5_kernel_larger_than_the_image", new(1, 2, 3, 6, 5, 5, 3, 1, 2));
        yield return Case("1x1_kernel", new(1, 4, 5, 9, 1, 1, 3, 1, 0));
        yield return Case("padding_of_the_whole_kernel_but_one", new(1, 4, 5, 9, 3, 3, 3, 1, 2));
    }

    [TestCaseSource(nameof(Geometries))]
    public void Forward_is_the_definition_with_bias(Conv2dGeometry g)
    {
        var random = new Random(1);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using NativeFloats bias = NativeFloats.Random(random, g.OutputChannels);
        using var y = new NativeFloats(g.Output.ElementCount);

        NarrowConv2d.Forward(Host, x, w, new(bias), y, g);

        HostArray plainBias = bias.ToPlain([g.OutputChannels]);
        y.AssertClose(PlainConvolution.Forward(x.ToPlain(g.Input), w.ToPlain(g.Weight), plainBias, g.Stride, g.Padding), Tolerance);
    }

    [TestCaseSource(nameof(Geometries))]
    public void Input_gradient_is_the_definition(Conv2dGeometry forward)
    {
        // To few channels: those of x.
        Conv2dGeometry g = forward with { InputChannels = forward.OutputChannels, OutputChannels = forward.InputChannels };
        var random = new Random(2);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using var dx = new NativeFloats(g.Input.ElementCount);

        NarrowConv2d.InputGradient(Host, new(dy), w, new(), dx, g);

        HostArray plainDy = dy.ToPlain(g.Output), plainW = w.ToPlain(g.Weight);
        dx.AssertClose(PlainConvolution.InputGradient(plainDy, plainW, g.InputHeight, g.InputWidth, g.Stride, g.Padding), Tolerance);
    }

    [TestCaseSource(nameof(Geometries))]
    public void Weight_gradient_is_the_definition(Conv2dGeometry g)
    {
        var random = new Random(3);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using var dw = new NativeFloats(g.Weight.ElementCount);

        NarrowConv2d.WeightGradient(Host, x, new(dy), dw, null, g);

        HostArray plainX = x.ToPlain(g.Input), plainDy = dy.ToPlain(g.Output);
        dw.AssertClose(
            PlainConvolution.WeightGradient(plainX, plainDy, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding), Tolerance);
    }

    [Test]
    public void Gradients_read_dy_where_bits_are_set()
    {
        var g = new Conv2dGeometry(2, 6, 7, 24, 3, 3, 3, 1, 1);
        var random = new Random(5);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        int bytesPerPixel = ReluBits.BytesPerPixel(3);
        byte[] bits = new byte[2 * 6 * 7 * bytesPerPixel];
        random.NextBytes(bits);
        using var dw = new NativeFloats(g.Weight.ElementCount);
        using var db = new NativeFloats(g.OutputChannels);

        fixed (byte* pinned = bits)
            NarrowConv2d.WeightGradient(Host, x, new PixelSource(dy, pinned), dw, db, g);

        var dz = new HostArray(g.Output, [.. dy.ToArray().Select((d, i) => (bits[i / 3 * bytesPerPixel] >> (i % 3) & 1) == 1 ? d : 0.0)]);
        dw.AssertClose(PlainConvolution.WeightGradient(x.ToPlain(g.Input), dz, 3, 3, 1, 1), Tolerance);
        db.AssertClose(new HostArray([3], [.. Enumerable.Range(0, 3).Select(k => dz.Data.Where((_, i) => i % 3 == k).Sum())]), Tolerance);
    }

    [Test]
    public void A_NaN_pixel_spoils_exactly_the_outputs_under_the_kernel()
    {
        var g = new Conv2dGeometry(1, 9, 14, 20, 3, 3, 3, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(7), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(8), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        x.Span[(4 * g.InputWidth + 13) * g.InputChannels + 1] = float.NaN;

        NarrowConv2d.Forward(Host, x, w, new(), y, g);

        for (int i = 0; i < y.Length; i++)
        {
            int pixel = i / g.OutputChannels, row = pixel / g.OutputWidth, column = pixel % g.OutputWidth;
            Assert.That(float.IsNaN(y.Span[i]), Is.EqualTo(row is >= 3 and <= 5 && column >= 12), $"row {row}, column {column}");
        }
    }

    private static TestCaseData Case(string name, Conv2dGeometry g) => new TestCaseData(g).SetArgDisplayNames(name);
}

using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostNarrowConv2dTests(int vectorBits, int threads) : Conv2dFixture(vectorBits, threads)
{
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

    internal override double Tolerance => 1e-6;

    internal override void Forward(float* x, float* w, HostEpilogue epilogue, float* y, Conv2dGeometry g) =>
        HostNarrowConv2d.Forward(Host, x, w, epilogue, y, g);

    internal override void InputGradient(PixelSource dy, float* w, float* dx, Conv2dGeometry g) =>
        HostNarrowConv2d.InputGradient(Host, dy, w, new(), dx, g);

    internal override void WeightGradient(float* x, PixelSource dy, float* dw, float* db, Conv2dGeometry g) =>
        HostNarrowConv2d.WeightGradient(Host, x, dy, dw, db, g);

    /// <summary>To few channels: those of x.</summary>
    internal override Conv2dGeometry ForInputGradient(Conv2dGeometry g) =>
        g with { InputChannels = g.OutputChannels, OutputChannels = g.InputChannels };

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
            WeightGradient(x, new PixelSource(dy, pinned), dw, db, g);

        var dz = new HostArray(g.Output, [.. dy.ToArray().Select((d, i) => (bits[i / 3 * bytesPerPixel] >> (i % 3) & 1) == 1 ? d : 0.0)]);
        dw.AssertClose(PlainConv2d.WeightGradient(x.ToPlain(g.Input), dz, 3, 3, 1, 1), Tolerance);
        db.AssertClose(new HostArray([3], [.. Enumerable.Range(0, 3).Select(k => dz.Data.Where((_, i) => i % 3 == k).Sum())]), Tolerance);
    }

    [Test]
    public void A_NaN_pixel_spoils_exactly_the_outputs_under_the_kernel() =>
        AssertThatNaNSpoilsExactlyTheOutputsUnderTheKernel(inputChannels: 20, outputChannels: 3);
}

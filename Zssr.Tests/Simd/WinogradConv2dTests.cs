using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tensors.Simd;

namespace Zssr.Tests.Simd;

public sealed unsafe class WinogradConv2dTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    /// <summary>Of results; those of direct convolution reach 1e-6. Sums over many tiles are less accurate.</summary>
    private const double Tolerance = 1e-5;

    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("as_in_the_network", new(1, 17, 19, 64, 3, 3, 64, 1, 1));
        yield return Case("whole_tiles", new(1, 16, 24, 16, 3, 3, 16, 1, 1));
        yield return Case("more_tiles_than_a_block", new(1, 97, 126, 16, 3, 3, 32, 1, 1));
        yield return Case("channels_for_panels_of_4_2_and_1_vectors", new(1, 7, 9, 112, 3, 3, 48, 1, 1));
        yield return Case("a_batch", new(3, 5, 6, 32, 3, 3, 16, 1, 1));
        yield return Case("1x1_image", new(1, 1, 1, 64, 3, 3, 64, 1, 1));
        yield return Case("5x3_image", new(1, 5, 3, 32, 3, 3, 16, 1, 1));
        yield return Case("one_row", new(2, 1, 23, 16, 3, 3, 16, 1, 1));
        yield return Case("one_column", new(1, 12, 1, 16, 3, 3, 16, 1, 1));
        yield return Case("no_padding", new(1, 9, 10, 16, 3, 3, 32, 1, 0));
        yield return Case("no_padding_one_output", new(1, 3, 3, 16, 3, 3, 16, 1, 0));
        yield return Case("padding_2", new(1, 6, 7, 32, 3, 3, 16, 1, 2));
    }

    [TestCaseSource(nameof(Geometries))]
    public void Forward_is_the_definition_with_bias(Conv2dGeometry g)
    {
        var random = new Random(1);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using NativeFloats bias = NativeFloats.Random(random, g.OutputChannels);
        using var y = new NativeFloats(g.Output.ElementCount);

        WinogradConv2d.Forward(Host, x, w, new(bias), y, g);

        HostArray plainBias = bias.ToPlain([g.OutputChannels]);
        y.AssertClose(PlainConvolution.Forward(x.ToPlain(g.Input), w.ToPlain(g.Weight), plainBias, g.Stride, g.Padding), Tolerance);
    }

    [TestCaseSource(nameof(Geometries))]
    public void Input_gradient_is_the_definition(Conv2dGeometry g)
    {
        var random = new Random(2);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using var dx = new NativeFloats(g.Input.ElementCount);

        WinogradConv2d.InputGradient(Host, new(dy), w, new(), dx, g);

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

        WinogradConv2d.WeightGradient(Host, x, new(dy), dw, null, g);

        HostArray plainX = x.ToPlain(g.Input), plainDy = dy.ToPlain(g.Output);
        dw.AssertClose(
            PlainConvolution.WeightGradient(plainX, plainDy, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding), Tolerance);
    }

    [Test]
    public void The_same_call_gives_the_same_bits_again()
    {
        var g = new Conv2dGeometry(2, 17, 19, 16, 3, 3, 32, 1, 1);
        var random = new Random(4);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using var first = new NativeFloats(g.Weight.ElementCount);
        using var again = new NativeFloats(g.Weight.ElementCount);
        WinogradConv2d.WeightGradient(Host, x, new(dy), first, null, g);

        for (int run = 0; run < 20; run++)
        {
            WinogradConv2d.WeightGradient(Host, x, new(dy), again, null, g);
            Assert.That(again.ToArray(), Is.EqualTo(first.ToArray()));
        }
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void What_is_not_finite_reaches_the_outputs_under_the_kernel_and_none_outside_their_tiles(float extreme)
    {
        var g = new Conv2dGeometry(1, 14, 13, 16, 3, 3, 16, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(7), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(8), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        x.Span[(5 * g.InputWidth + 9) * g.InputChannels + 1] = extreme;

        WinogradConv2d.Forward(Host, x, w, new(), y, g);

        for (int i = 0; i < y.Length; i++)
        {
            int pixel = i / g.OutputChannels, row = pixel / g.OutputWidth, column = pixel % g.OutputWidth;
            if (row is >= 4 and <= 6 && column is >= 8 and <= 10)
                Assert.That(float.IsFinite(y.Span[i]), Is.False, $"row {row}, column {column}");
            else if (row / 4 != 1 || column / 4 != 2)
                Assert.That(float.IsFinite(y.Span[i]), $"row {row}, column {column}");
        }
    }

    private static TestCaseData Case(string name, Conv2dGeometry g) => new TestCaseData(g).SetArgDisplayNames(name);
}

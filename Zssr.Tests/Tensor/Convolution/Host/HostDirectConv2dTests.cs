using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostDirectConv2dTests(int vectorBits, int threads) : Conv2dFixture(vectorBits, threads)
{
    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("3x3_as_in_the_network", new(1, 17, 19, 64, 3, 3, 64, 1, 1));
        yield return Case("first_layer", new(1, 13, 14, 3, 3, 3, 64, 1, 1));
        yield return Case("last_layer", new(1, 13, 14, 64, 3, 3, 3, 1, 1));
        yield return Case("single_channels", new(1, 9, 7, 1, 3, 3, 1, 1, 1));
        yield return Case("odd_channels_and_a_batch", new(3, 8, 11, 5, 3, 3, 29, 1, 1));
        yield return Case("columns_for_panels_of_4_2_and_1_vectors", new(1, 7, 9, 6, 3, 3, 112, 1, 1));
        yield return Case("1x1_kernel", new(2, 6, 5, 7, 1, 1, 9, 1, 0));
        yield return Case("1x1_kernel_padded_and_strided", new(1, 6, 7, 3, 1, 1, 4, 2, 1));
        yield return Case("flat_kernel_without_padding", new(1, 8, 9, 4, 1, 5, 6, 1, 0));
        yield return Case("tall_kernel_with_stride_2", new(1, 11, 8, 4, 4, 2, 6, 2, 1));
        yield return Case("3x3_stride_2", new(2, 9, 12, 5, 3, 3, 18, 2, 1));
        yield return Case("stride_wider_than_the_kernel", new(1, 13, 11, 3, 2, 2, 5, 3, 0));
        yield return Case("stride_3_with_padding_past_the_kernel", new(1, 7, 7, 2, 3, 3, 3, 3, 4));
        yield return Case("5x5_padding_2", new(1, 10, 10, 8, 5, 5, 8, 1, 2));
        yield return Case("padding_past_the_kernel", new(1, 4, 5, 3, 3, 3, 4, 1, 5));
        yield return Case("1x1_image", new(1, 1, 1, 64, 3, 3, 64, 1, 1));
        yield return Case("kernel_larger_than_the_image", new(1, 2, 3, 4, 7, 7, 5, 1, 3));
        yield return Case("image_of_one_column", new(1, 12, 1, 8, 3, 3, 8, 1, 1));
        yield return Case("image_of_one_row", new(2, 1, 23, 8, 3, 3, 17, 1, 1));
    }

    internal override double Tolerance => 1e-6;

    internal override void Forward(float* x, float* w, HostEpilogue epilogue, float* y, Conv2dGeometry g) =>
        HostDirectConv2d.Forward(Host, x, w, epilogue, y, g);

    internal override void InputGradient(PixelSource dy, float* w, float* dx, Conv2dGeometry g) =>
        HostDirectConv2d.InputGradient(Host, dy, w, new(), dx, g);

    internal override void WeightGradient(float* x, PixelSource dy, float* dw, float* db, Conv2dGeometry g) =>
        HostDirectConv2d.WeightGradient(Host, x, dy, dw, db, g);

    [Test]
    public void Without_a_bias_nothing_is_added()
    {
        var g = new Conv2dGeometry(1, 5, 6, 3, 3, 3, 20, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(5), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(6), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);

        Forward(x, w, new(), y, g);

        y.AssertClose(PlainConv2d.Forward(x.ToPlain(g.Input), w.ToPlain(g.Weight), null, g.Stride, g.Padding), Tolerance);
    }

    [Test]
    public void A_NaN_pixel_spoils_exactly_the_outputs_under_the_kernel() =>
        AssertThatNaNSpoilsExactlyTheOutputsUnderTheKernel(inputChannels: 3, outputChannels: 5);

    [Test]
    public void A_weight_that_is_NaN_reaches_every_output_of_its_channel()
    {
        var g = new Conv2dGeometry(1, 4, 5, 2, 3, 3, 3, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(9), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(10), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        w.Span[1] = float.NaN;

        Forward(x, w, new(), y, g);

        for (int i = 0; i < y.Length; i++)
            Assert.That(float.IsNaN(y.Span[i]), Is.EqualTo(i % 3 == 1));
    }

    [TestCase(1, 1)]
    [TestCase(1, 4)]
    [TestCase(4, 1)]
    public void A_kernel_that_does_not_fit_gives_gradients_of_zero(int height, int width)
    {
        // Stride 2 on purpose: (1 − 2) / 2 rounds to 0, which looks like one output.
        var g = new Conv2dGeometry(1, height, width, 2, 2, 2, 3, 2, 0);
        using NativeFloats w = NativeFloats.Random(new Random(11), g.Weight.ElementCount);
        using NativeFloats x = NativeFloats.Random(new Random(12), g.Input.ElementCount);
        using var none = new NativeFloats(0);
        using var dx = new NativeFloats(g.Input.ElementCount);
        using var dw = new NativeFloats(g.Weight.ElementCount);

        Forward(x, w, new(), none, g);
        InputGradient(new(none), w, dx, g);
        WeightGradient(x, new(none), dw, null, g);

        none.AssertGuards();
        Assert.That(dx.ToArray().Concat(dw.ToArray()), Is.All.Zero);
    }

    [Test]
    public void An_empty_batch_gives_a_weight_gradient_of_zero()
    {
        var g = new Conv2dGeometry(0, 8, 8, 2, 3, 3, 3, 1, 1);
        using var none = new NativeFloats(0);
        using var dw = new NativeFloats(g.Weight.ElementCount);

        WeightGradient(none, new(none), dw, null, g);

        Assert.That(dw.ToArray(), Is.All.Zero);
    }
}

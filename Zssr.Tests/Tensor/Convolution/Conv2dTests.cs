using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Every algorithm on every device against plain float64 loops and PyTorch's results.</summary>
public sealed class Conv2dTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly Conv2dGeometry[] Cases =
    [
        new(1, 1, 1, 1, 1, 1, 1, 1, 0),
        new(1, 1, 1, 3, 3, 3, 5, 1, 1),
        new(1, 5, 3, 3, 3, 3, 16, 1, 1),
        new(2, 5, 3, 5, 3, 5, 20, 1, 2),
        new(2, 7, 9, 16, 1, 1, 3, 1, 0),
        new(1, 9, 7, 20, 5, 5, 16, 1, 2),
        new(1, 9, 11, 3, 7, 7, 5, 1, 3),
        new(1, 8, 9, 5, 4, 4, 20, 2, 1),
        new(2, 9, 10, 3, 3, 3, 16, 2, 0),
        new(1, 11, 10, 16, 3, 5, 20, 3, 2),
        new(1, 4, 5, 3, 2, 2, 5, 1, 3),
        new(1, 5, 4, 5, 1, 1, 3, 2, 3),
        new(1, 6, 7, 64, 3, 3, 64, 1, 1),
    ];

    private static readonly Conv2dAlgorithm[] Algorithms =
        [Conv2dAlgorithm.Auto, Conv2dAlgorithm.Naive, Conv2dAlgorithm.Direct, Conv2dAlgorithm.Tiled];

    [Test]
    public void The_output_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] Conv2dGeometry g,
        [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm, [Values] bool withBias)
    {
        SkipUnlessItFits(algorithm);
        HostArray x = Numbers(g.Input, 1), weight = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3);
        using Tensor tx = On(x), tw = On(weight), tb = On(bias);

        using Tensor y = Conv2d.Forward(tx, tw, withBias ? tb : null, g.Stride, g.Padding, algorithm);

        AssertClose(y, PlainConv2d.Forward(x, weight, withBias ? bias : null, g.Stride, g.Padding), 1e-5);
    }

    [Test]
    public void The_input_gradient_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] Conv2dGeometry g, [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        HostArray dy = Numbers(g.Output, 4), weight = Numbers(g.Weight, 2);
        using Tensor tdy = On(dy), tw = On(weight);

        using Tensor dx = Conv2d.InputGradient(tdy, tw, g.InputHeight, g.InputWidth, g.Stride, g.Padding, algorithm);

        AssertClose(dx, PlainConv2d.InputGradient(dy, weight, g.InputHeight, g.InputWidth, g.Stride, g.Padding), 1e-5);
    }

    [Test]
    public void The_weight_gradient_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] Conv2dGeometry g,
        [Values(Conv2dAlgorithm.Auto, Conv2dAlgorithm.Naive, Conv2dAlgorithm.Direct)] Conv2dAlgorithm algorithm)
    {
        HostArray x = Numbers(g.Input, 1), dy = Numbers(g.Output, 4);
        using Tensor tx = On(x), tdy = On(dy);

        using Tensor dw = Conv2d.WeightGradient(tx, tdy, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding, algorithm);

        AssertClose(dw, PlainConv2d.WeightGradient(x, dy, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding), 1e-5);
    }

    [Test]
    public void Float64_keeps_its_precision([ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        SkipWithoutFloat64();
        const int Stride = 2, Padding = 1;
        var g = new Conv2dGeometry(2, 7, 6, 5, 3, 5, 20, Stride, Padding);
        HostArray x = Numbers(g.Input, 1), weight = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);
        using Tensor tx = On(x, DType.Float64), tw = On(weight, DType.Float64);
        using Tensor tb = On(bias, DType.Float64), tdy = On(dy, DType.Float64);

        using Tensor y = Conv2d.Forward(tx, tw, tb, Stride, Padding, algorithm);
        using Tensor dx = Conv2d.InputGradient(tdy, tw, 7, 6, Stride, Padding, algorithm);
        using Tensor dw = Conv2d.WeightGradient(tx, tdy, 3, 5, Stride, Padding, ForWeights(algorithm));

        AssertClose(y, PlainConv2d.Forward(x, weight, bias, Stride, Padding), 1e-14);
        AssertClose(dx, PlainConv2d.InputGradient(dy, weight, 7, 6, Stride, Padding), 1e-14);
        AssertClose(dw, PlainConv2d.WeightGradient(x, dy, 3, 5, Stride, Padding), 1e-14);
    }

    [Test]
    public void NaN_and_infinity_reach_exactly_the_outputs_whose_window_holds_them(
        [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        var g = new Conv2dGeometry(1, 7, 9, 3, 3, 3, 5, 1, 1);
        HostArray x = Numbers(g.Input, 1), weight = Numbers(g.Weight, 2);
        x[0, 1, 1, 2] = double.NaN;
        x[0, 5, 6, 0] = double.PositiveInfinity;
        using Tensor tx = On(x), tw = On(weight);

        using Tensor y = Conv2d.Forward(tx, tw, padding: 1, algorithm: algorithm);

        double[] expected = PlainConv2d.Forward(x, weight, null, 1, 1).Data;
        Assert.That(expected.Count(double.IsNaN), Is.EqualTo(9 * 5));
        Assert.That(y.ToDoubles(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Equal_calls_give_equal_bits([ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        var g = new Conv2dGeometry(1, 13, 11, 5, 3, 3, 20, 1, 1);
        using Tensor x = On(Numbers(g.Input, 1)), w = On(Numbers(g.Weight, 2)), dy = On(Numbers(g.Output, 4));

        float[] Results()
        {
            using Tensor y = Conv2d.Forward(x, w, null, 1, 1, algorithm);
            using Tensor dx = Conv2d.InputGradient(dy, w, g.InputHeight, g.InputWidth, 1, 1, algorithm);
            using Tensor dw = Conv2d.WeightGradient(x, dy, 3, 3, 1, 1, ForWeights(algorithm));
            return [.. y.ToArray(), .. dx.ToArray(), .. dw.ToArray()];
        }

        float[] first = Results();
        Assert.That(Results(), Is.EqualTo(first));
    }

    [Test]
    public void An_empty_batch_gives_an_empty_output_and_zero_weight_gradients()
    {
        // There is nothing to fill with NaN in an empty buffer.
        using var device = Zssr.Tensors.Device.Open(Device.Name, Kind.Options with { FillNewBuffersWithNaN = false });
        using Tensor x = Tensor.Zeros(device, [0, 4, 4, 3]), w = Tensor.Zeros(device, [3, 3, 3, 2]);
        using Tensor y = Conv2d.Forward(x, w);
        using Tensor dx = Conv2d.InputGradient(y, w, 4, 4);
        using Tensor dw = Conv2d.WeightGradient(x, y, 3, 3);
        Assert.That(y.Shape.Sizes.ToArray(), Is.EqualTo(new[] { 0, 2, 2, 2 }));
        Assert.That(dx.Count, Is.Zero);
        Assert.That(dw.ToArray(), Is.EqualTo(new float[3 * 3 * 3 * 2]));
    }

    /// <summary>The weight gradient has no tiled kernel.</summary>
    private static Conv2dAlgorithm ForWeights(Conv2dAlgorithm algorithm) =>
        algorithm == Conv2dAlgorithm.Tiled ? Conv2dAlgorithm.Direct : algorithm;

    /// <summary>That forcing what does not fit is an error has its own test.</summary>
    private void SkipUnlessItFits(Conv2dAlgorithm algorithm)
    {
        if (algorithm == Conv2dAlgorithm.Tiled && !TiledConv2d.Fits(Device))
            Assert.Ignore("the device's work-groups are too small for tiles");
    }

    private void SkipWithoutFloat64()
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
    }

    private Tensor On(HostArray numbers, DType dtype = DType.Float32) => numbers.On(Device, dtype);

    /// <summary>Uniform in −1 … 1 and exact in float32, so that inputs are the same in both types.</summary>
    private static HostArray Numbers(Shape shape, int seed)
    {
        var random = new Random(seed);
        return HostArray.Zeros(shape).Map(_ => random.NextSingle() * 2 - 1);
    }

    /// <summary>The same shape, and every element within the tolerance, measured against the largest expected magnitude.</summary>
    private static void AssertClose(Tensor actual, HostArray expected, double tolerance)
    {
        double scale = expected.Data.Max(Math.Abs);
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
        Assert.That(actual.ToDoubles(), Is.EqualTo(expected.Data).Within(tolerance * scale));
    }
}

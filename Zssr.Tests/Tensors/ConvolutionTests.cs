using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>Every algorithm on every device against plain float64 loops and PyTorch's results.</summary>
public sealed class ConvolutionTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly PlainConvolution[] Cases =
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
        [ValueSource(nameof(Cases))] PlainConvolution size,
        [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm, [Values] bool withBias)
    {
        SkipUnlessItFits(algorithm);
        double[] x = Numbers(size.XCount, 1), weight = Numbers(size.WeightCount, 2), bias = Numbers(size.Out, 3);
        using Tensor tx = X(size, x), tw = Weight(size, weight), tb = Tensor.From(Device, [size.Out], bias, DType.Float32);

        using Tensor y = Convolution.Forward(tx, tw, withBias ? tb : null, size.Stride, size.Padding, algorithm);

        Assert.That(y.Shape.Sizes.ToArray(), Is.EqualTo(new[] { size.Batch, size.OutputHeight, size.OutputWidth, size.Out }));
        AssertClose(y.ToDoubles(), size.Forward(x, weight, withBias ? bias : null), 1e-5);
    }

    [Test]
    public void The_input_gradient_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] PlainConvolution size, [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        double[] dy = Numbers(size.YCount, 4), weight = Numbers(size.WeightCount, 2);
        using Tensor tdy = Y(size, dy), tw = Weight(size, weight);

        using Tensor dx = Convolution.InputGradient(tdy, tw, size.Height, size.Width, size.Stride, size.Padding, algorithm);

        AssertClose(dx.ToDoubles(), size.InputGradient(dy, weight), 1e-5);
    }

    [Test]
    public void The_weight_gradient_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] PlainConvolution size,
        [Values(Conv2dAlgorithm.Auto, Conv2dAlgorithm.Naive, Conv2dAlgorithm.Direct)] Conv2dAlgorithm algorithm)
    {
        double[] x = Numbers(size.XCount, 1), dy = Numbers(size.YCount, 4);
        using Tensor tx = X(size, x), tdy = Y(size, dy);

        using Tensor dw = Convolution.WeightGradient(tx, tdy, size.KernelHeight, size.KernelWidth, size.Stride, size.Padding, algorithm);

        AssertClose(dw.ToDoubles(), size.WeightGradient(x, dy), 1e-5);
    }

    [Test]
    public void Float64_keeps_its_precision([ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        SkipWithoutFloat64();
        var size = new PlainConvolution(2, 7, 6, 5, 3, 5, 20, 2, 1);
        double[] x = Numbers(size.XCount, 1), weight = Numbers(size.WeightCount, 2);
        double[] bias = Numbers(size.Out, 3), dy = Numbers(size.YCount, 4);
        using Tensor tx = X(size, x, DType.Float64), tw = Weight(size, weight, DType.Float64), tdy = Y(size, dy, DType.Float64);
        using Tensor tb = Tensor.From(Device, [size.Out], bias, DType.Float64);

        using Tensor y = Convolution.Forward(tx, tw, tb, size.Stride, size.Padding, algorithm);
        using Tensor dx = Convolution.InputGradient(tdy, tw, size.Height, size.Width, size.Stride, size.Padding, algorithm);
        using Tensor dw = Convolution.WeightGradient(tx, tdy, 3, 5, size.Stride, size.Padding, ForWeights(algorithm));

        AssertClose(y.ToDoubles(), size.Forward(x, weight, bias), 1e-14);
        AssertClose(dx.ToDoubles(), size.InputGradient(dy, weight), 1e-14);
        AssertClose(dw.ToDoubles(), size.WeightGradient(x, dy), 1e-14);
    }

    [Test]
    public void NaN_and_infinity_reach_exactly_the_outputs_whose_window_holds_them(
        [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        var size = new PlainConvolution(1, 7, 9, 3, 3, 3, 5, 1, 1);
        double[] x = Numbers(size.XCount, 1), weight = Numbers(size.WeightCount, 2);
        x[(1 * 9 + 1) * 3 + 2] = double.NaN;
        x[(5 * 9 + 6) * 3] = double.PositiveInfinity;
        using Tensor tx = X(size, x), tw = Weight(size, weight);

        using Tensor y = Convolution.Forward(tx, tw, padding: 1, algorithm: algorithm);

        double[] expected = size.Forward(x, weight, null);
        Assert.That(expected.Count(double.IsNaN), Is.EqualTo(9 * 5));
        Assert.That(y.ToDoubles(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Equal_calls_give_equal_bits([ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        SkipUnlessItFits(algorithm);
        var size = new PlainConvolution(1, 13, 11, 5, 3, 3, 20, 1, 1);
        using Tensor x = X(size, Numbers(size.XCount, 1));
        using Tensor w = Weight(size, Numbers(size.WeightCount, 2)), dy = Y(size, Numbers(size.YCount, 4));

        float[] Results()
        {
            using Tensor y = Convolution.Forward(x, w, null, 1, 1, algorithm);
            using Tensor dx = Convolution.InputGradient(dy, w, size.Height, size.Width, 1, 1, algorithm);
            using Tensor dw = Convolution.WeightGradient(x, dy, 3, 3, 1, 1, ForWeights(algorithm));
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
        using Tensor y = Convolution.Forward(x, w);
        using Tensor dx = Convolution.InputGradient(y, w, 4, 4);
        using Tensor dw = Convolution.WeightGradient(x, y, 3, 3);
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
        if (algorithm == Conv2dAlgorithm.Tiled && !TiledConvolution.Fits(Device))
            Assert.Ignore("the device's work-groups are too small for tiles");
    }

    private void SkipWithoutFloat64()
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
    }

    private Tensor X(PlainConvolution size, double[] elements, DType dtype = DType.Float32) =>
        Tensor.From(Device, [size.Batch, size.Height, size.Width, size.In], elements, dtype);

    private Tensor Weight(PlainConvolution size, double[] elements, DType dtype = DType.Float32) =>
        Tensor.From(Device, [size.KernelHeight, size.KernelWidth, size.In, size.Out], elements, dtype);

    private Tensor Y(PlainConvolution size, double[] elements, DType dtype = DType.Float32) =>
        Tensor.From(Device, [size.Batch, size.OutputHeight, size.OutputWidth, size.Out], elements, dtype);

    /// <summary>Uniform in −1 … 1 and exact in float32, so that inputs are the same in both types.</summary>
    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(random.NextSingle() * 2 - 1))];
    }

    /// <summary>Every element within the tolerance, measured against the largest expected magnitude.</summary>
    private static void AssertClose(double[] actual, double[] expected, double tolerance)
    {
        double scale = expected.Max(Math.Abs);
        Assert.That(actual, Is.EqualTo(expected).Within(tolerance * scale));
    }
}

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

    private static readonly Conv2dAlgorithm[] Algorithms = [Conv2dAlgorithm.Auto, Conv2dAlgorithm.Naive];

    [Test]
    public void The_output_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] PlainConvolution size, [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm, [Values] bool withBias)
    {
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
        double[] dy = Numbers(size.YCount, 4), weight = Numbers(size.WeightCount, 2);
        using Tensor tdy = Y(size, dy), tw = Weight(size, weight);

        using Tensor dx = Convolution.InputGradient(tdy, tw, size.Height, size.Width, size.Stride, size.Padding, algorithm);

        AssertClose(dx.ToDoubles(), size.InputGradient(dy, weight), 1e-5);
    }

    [Test]
    public void The_weight_gradient_is_that_of_the_definition(
        [ValueSource(nameof(Cases))] PlainConvolution size, [ValueSource(nameof(Algorithms))] Conv2dAlgorithm algorithm)
    {
        double[] x = Numbers(size.XCount, 1), dy = Numbers(size.YCount, 4);
        using Tensor tx = X(size, x), tdy = Y(size, dy);

        using Tensor dw = Convolution.WeightGradient(tx, tdy, size.KernelHeight, size.KernelWidth, size.Stride, size.Padding, algorithm);

        AssertClose(dw.ToDoubles(), size.WeightGradient(x, dy), 1e-5);
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

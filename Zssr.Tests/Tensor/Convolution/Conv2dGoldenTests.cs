using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Tensors;

/// <summary>The convolution and its gradients against PyTorch's, for the sizes, strides and paddings of the golden files.</summary>
public sealed class Conv2dGoldenTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void PyTorch_gives_the_same_output_and_gradients(
        [Range(0, 6)] int file, [Values] DType dtype,
        [Values(Conv2dAlgorithm.Naive, Conv2dAlgorithm.Direct, Conv2dAlgorithm.Tiled)] Conv2dAlgorithm algorithm)
    {
        if (dtype == DType.Float64 && !Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
        if (algorithm == Conv2dAlgorithm.Tiled && !TiledConv2d.Fits(Device))
            Assert.Ignore("the device's work-groups are too small for tiles");
        var golden = GoldenFile.Open($"conv2d_{file}");
        int stride = int.Parse(golden.Metadata["stride"], null), padding = int.Parse(golden.Metadata["padding"], null);
        using Tensor x = Images(golden, "x", dtype), weight = Weight(golden, dtype), dy = Images(golden, "grad_y", dtype);
        using Tensor? bias = golden.Contains("bias") ? Tensor.From(Device, [golden.Shape("bias")[0]], golden.Doubles("bias"), dtype) : null;

        using Tensor y = Conv2d.Forward(x, weight, bias, stride, padding, algorithm);
        using Tensor dx = Conv2d.InputGradient(dy, weight, x.Shape[1], x.Shape[2], stride, padding, algorithm);
        Conv2dAlgorithm forWeights = algorithm == Conv2dAlgorithm.Tiled ? Conv2dAlgorithm.Direct : algorithm;
        using Tensor dw = Conv2d.WeightGradient(x, dy, weight.Shape[0], weight.Shape[1], stride, padding, forWeights);

        double tolerance = dtype == DType.Float64 ? 1e-12 : 1e-5;
        AssertClose(y.ToDoubles(), ImageElements(golden, "y"), tolerance);
        AssertClose(dx.ToDoubles(), ImageElements(golden, "grad_x"), tolerance);
        AssertClose(dw.ToDoubles(), WeightElements(golden, "grad_weight"), tolerance);
    }

    private Tensor Images(GoldenFile golden, string name, DType dtype)
    {
        int[] nchw = golden.Shape(name);
        return Tensor.From(Device, [nchw[0], nchw[2], nchw[3], nchw[1]], ImageElements(golden, name), dtype);
    }

    private Tensor Weight(GoldenFile golden, DType dtype)
    {
        int[] oihw = golden.Shape("weight");
        return Tensor.From(Device, [oihw[2], oihw[3], oihw[1], oihw[0]], WeightElements(golden, "weight"), dtype);
    }

    /// <summary>NCHW → NHWC.</summary>
    private static double[] ImageElements(GoldenFile golden, string name)
    {
        int[] s = golden.Shape(name);
        (int n, int c, int pixels) = (s[0], s[1], s[2] * s[3]);
        double[] from = golden.Doubles(name);
        return [.. Enumerable.Range(0, n * pixels * c).Select(to => from[(to / c / pixels * c + to % c) * pixels + to / c % pixels])];
    }

    /// <summary>OIHW → HWIO.</summary>
    private static double[] WeightElements(GoldenFile golden, string name)
    {
        int[] s = golden.Shape(name);
        (int o, int i, int taps) = (s[0], s[1], s[2] * s[3]);
        double[] from = golden.Doubles(name);
        return [.. Enumerable.Range(0, taps * i * o).Select(to => from[(to % o * i + to / o % i) * taps + to / o / i])];
    }

    /// <summary>Every element within the tolerance, measured against the largest expected magnitude.</summary>
    private static void AssertClose(double[] actual, double[] expected, double tolerance) =>
        Assert.That(actual, Is.EqualTo(expected).Within(tolerance * expected.Max(Math.Abs)));
}

using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>Winograd kernels on every device against float64 loops, around the sizes of tiles, blocks of channels and chunks.</summary>
public sealed class WinogradConv2dTests(TestDevice kind) : DeviceTest(kind)
{
    /// <summary>Relative L2 error in float32; those of direct convolution reach 1e-6.</summary>
    private const double Tolerance = 1e-5;

    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("as_in_the_network", new(1, 17, 19, 64, 3, 3, 64, 1, 1));
        yield return Case("whole_tiles", new(1, 16, 24, 16, 3, 3, 16, 1, 1));
        yield return Case("several_chunks", new(1, 67, 98, 17, 3, 3, 33, 1, 1));
        yield return Case("a_batch_of_few_channels", new(3, 5, 6, 3, 3, 3, 5, 1, 1));
        yield return Case("1x1_image", new(1, 1, 1, 64, 3, 3, 64, 1, 1));
        yield return Case("5x3_image", new(1, 5, 3, 20, 3, 3, 16, 1, 1));
        yield return Case("one_row", new(2, 1, 23, 16, 3, 3, 15, 1, 1));
        yield return Case("one_column", new(1, 12, 1, 16, 3, 3, 16, 1, 1));
        yield return Case("no_padding", new(1, 9, 10, 16, 3, 3, 32, 1, 0));
        yield return Case("no_padding_one_output", new(1, 3, 3, 7, 3, 3, 16, 1, 0));
        yield return Case("padding_2", new(2, 6, 7, 32, 3, 3, 18, 1, 2));
    }

    [TestCaseSource(nameof(Geometries))]
    public void Forward_and_both_gradients_are_the_definitions(Conv2dGeometry g)
    {
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);
        AssertClose(Results(g, DType.Float32, x, w, bias, dy), g, Tolerance, x, w, bias, dy);
    }

    [TestCaseSource(nameof(Geometries))]
    public void Float64_keeps_its_precision(Conv2dGeometry g)
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);
        AssertClose(Results(g, DType.Float64, x, w, bias, dy), g, 2e-14, x, w, bias, dy);
    }

    [Test]
    public void Equal_calls_give_equal_bits()
    {
        var g = new Conv2dGeometry(1, 33, 31, 20, 3, 3, 16, 1, 1);
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);
        double[][] first = Results(g, DType.Float32, x, w, bias, dy);
        Assert.That(Results(g, DType.Float32, x, w, bias, dy), Is.EqualTo(first));
    }

    [TestCase(5, 5, 1, 2)]
    [TestCase(3, 3, 2, 1)]
    [TestCase(3, 3, 1, 3)]
    public void Forcing_it_on_sizes_that_it_is_not_made_for_is_an_error(int kernelHeight, int kernelWidth, int stride, int padding)
    {
        var g = new Conv2dGeometry(1, 8, 8, 2, kernelHeight, kernelWidth, 2, stride, padding);
        using Tensor x = Tensor.Zeros(Device, g.Input), w = Tensor.Zeros(Device, g.Weight);
        Assert.That(Conv2d.Fits(Device, Conv2dAlgorithm.Winograd, g), Is.False);
        Assert.That(
            () => Conv2d.Forward(x, w, null, stride, padding, Conv2dAlgorithm.Winograd),
            Throws.TypeOf<DeviceException>().With.Message.Contains("3×3"));
    }

    [Test]
    public void As_a_devices_option_it_leaves_other_sizes_to_the_direct_kernel()
    {
        using var device = Zssr.Tensors.Device.Open(Device.Name, Kind.Options.With(Conv2dAlgorithm.Winograd));
        using Tensor x = Tensor.Full(device, [1, 5, 5, 1], 2), w = Tensor.Full(device, [5, 5, 1, 1], 1);
        using Tensor y = Conv2d.Forward(x, w);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 50f }));
    }

    private static TestCaseData Case(string name, Conv2dGeometry g) => new TestCaseData(g).SetArgDisplayNames(name);

    /// <summary>y, dx and dw.</summary>
    private double[][] Results(Conv2dGeometry g, DType dtype, HostArray x, HostArray w, HostArray bias, HostArray dy)
    {
        using Tensor tx = x.On(Device, dtype), tw = w.On(Device, dtype), tb = bias.On(Device, dtype), tdy = dy.On(Device, dtype);
        using Tensor y = Conv2d.Forward(tx, tw, tb, g.Stride, g.Padding, Conv2dAlgorithm.Winograd);
        using Tensor dx = Conv2d.InputGradient(
            tdy, tw, g.InputHeight, g.InputWidth, g.Stride, g.Padding, Conv2dAlgorithm.Winograd);
        using Tensor dw = Conv2d.WeightGradient(tx, tdy, 3, 3, g.Stride, g.Padding, Conv2dAlgorithm.Winograd);
        return [y.ToDoubles(), dx.ToDoubles(), dw.ToDoubles()];
    }

    private static void AssertClose(
        double[][] results, Conv2dGeometry g, double tolerance, HostArray x, HostArray w, HostArray bias, HostArray dy)
    {
        HostArray[] expected =
        [
            RememberedConv2d.Forward(x, w, bias, g.Stride, g.Padding),
            RememberedConv2d.InputGradient(dy, w, g.InputHeight, g.InputWidth, g.Stride, g.Padding),
            RememberedConv2d.WeightGradient(x, dy, 3, 3, g.Stride, g.Padding),
        ];
        Assert.Multiple(() =>
        {
            foreach ((double[] result, HostArray definition, string what) in results.Zip(expected, ["y", "dx", "dw"]))
            {
                double error = result.Zip(definition.Data, (a, b) => (a - b) * (a - b)).Sum();
                double size = definition.Data.Sum(b => b * b);

                // NUnit takes NaN for less than any number, but not for one in a range.
                Assert.That(Math.Sqrt(error / size), Is.InRange(0, tolerance), what);
            }
        });
    }

    /// <summary>Uniform in −1 … 1 and exact in float32, so that inputs are the same in both types.</summary>
    private static HostArray Numbers(Shape shape, int seed)
    {
        var random = new Random(seed);
        return HostArray.Zeros(shape).Map(_ => random.NextSingle() * 2 - 1);
    }
}

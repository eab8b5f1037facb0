using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>
/// The block as a single operation through every kernel on every device, against float64 loops, around the sizes of tiles, blocks of
/// channels and chunks.
/// </summary>
public sealed class Conv2dBlockKernelTests(TestDevice kind) : DeviceTest(kind)
{
    /// <summary>Relative L2 error in float32, of Winograd's algorithm.</summary>
    private const double Tolerance = 1e-5;

    private const string LargeImage = "67x98_image";

    private static IEnumerable<TestCaseData> Blocks()
    {
        (string Name, Conv2dGeometry Size, bool HasRelu, bool IsResidual, bool HasBias)[] blocks =
        [
            ("as_in_the_network", new(1, 9, 10, 64, 3, 3, 64, 1, 1), true, true, true),
            (LargeImage, new(1, 67, 98, 16, 3, 3, 32, 1, 1), true, false, true),
            ("1x1_image", new(1, 1, 1, 20, 3, 3, 20, 1, 1), true, true, true),
            ("5x3_images_odd_channels", new(2, 5, 3, 17, 3, 3, 33, 1, 1), true, false, true),
            ("first_layer", new(1, 7, 9, 3, 3, 3, 16, 1, 1), true, false, true),
            ("last_layer", new(1, 7, 9, 16, 3, 3, 3, 1, 1), false, false, true),
            ("no_relu", new(2, 6, 5, 16, 3, 3, 16, 1, 1), false, true, false),
            ("5x5_kernel_stride_2", new(1, 9, 8, 5, 5, 5, 32, 2, 2), true, false, true),
        ];
        return from algorithm in Enum.GetValues<Conv2dAlgorithm>()
               from block in blocks
               where algorithm != Conv2dAlgorithm.Winograd || block.Size.Stride == 1

               // Its reference takes a second, and only Winograd's algorithm cuts it into several chunks.
               where block.Name != LargeImage || algorithm is Conv2dAlgorithm.Auto or Conv2dAlgorithm.Winograd
               let form = new Conv2dBlockForm(block.Size.Stride, block.Size.Padding, block.HasRelu, block.IsResidual)
               select new TestCaseData(algorithm, block.Size, form, block.HasBias).SetArgDisplayNames($"{algorithm}", block.Name);
    }

    [TestCaseSource(nameof(Blocks))]
    public void The_block_and_its_gradients_are_the_definitions(
        Conv2dAlgorithm algorithm, Conv2dGeometry g, Conv2dBlockForm form, bool hasBias)
    {
        RequireFit(algorithm);
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);
        HostArray z = RememberedConv2d.Forward(x, w, hasBias ? bias : null, g.Stride, g.Padding);
        for (int i = 0; i < dy.Data.Length; i++)
        {
            // Where a sum is nearly 0 rounding decides whether its gradient passes; there is none then.
            if (Math.Abs(z.Data[i]) < 1e-3)
                dy.Data[i] = 0;
        }

        double[][] results = Results(algorithm, form, x, w, hasBias ? bias : null, dy);

        HostArray dz = form.HasRelu ? new(g.Output, [.. dy.Data.Zip(z.Data, (d, sum) => sum > 0 ? d : 0)]) : dy;
        IEnumerable<double> y = form.HasRelu ? z.Data.Select(sum => Math.Max(sum, 0)) : z.Data;
        IEnumerable<double> dx = RememberedConv2d.InputGradient(dz, w, g.InputHeight, g.InputWidth, g.Stride, g.Padding).Data;
        HostArray dw = RememberedConv2d.WeightGradient(x, dz, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding);
        IEnumerable<double> db = Enumerable.Range(0, g.OutputChannels)
            .Select(k => dz.Data.Where((_, i) => i % g.OutputChannels == k).Sum());
        if (form.IsResidual)
            (y, dx) = (y.Zip(x.Data, (a, b) => a + b), dx.Zip(dy.Data, (a, b) => a + b));
        Assert.Multiple(() =>
        {
            AssertClose(results[0], [.. y], "y");
            AssertClose(results[1], [.. dx], "dx");
            AssertClose(results[2], dw.Data, "dw");
            AssertClose(results[3], [.. db], "db");
        });
    }

    [Test]
    public void Equal_calls_give_equal_bits([Values] Conv2dAlgorithm algorithm)
    {
        RequireFit(algorithm);
        var g = new Conv2dGeometry(1, 33, 31, 20, 3, 3, 20, 1, 1);
        var form = new Conv2dBlockForm(1, 1, HasRelu: true, IsResidual: true);
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = Numbers([g.OutputChannels], 3), dy = Numbers(g.Output, 4);

        double[][] first = Results(algorithm, form, x, w, bias, dy);

        Assert.That(Results(algorithm, form, x, w, bias, dy), Is.EqualTo(first));
    }

    [Test]
    public void Relu_lets_what_is_not_finite_through_and_its_gradient_too(
        [Values] Conv2dAlgorithm algorithm, [Values(16, 3)] int channels, [Values(float.NaN, float.PositiveInfinity)] float extreme)
    {
        RequireFit(algorithm);
        var g = new Conv2dGeometry(1, 2, 2, channels, 3, 3, channels, 1, 1);
        HostArray x = HostArray.Zeros(g.Input), w = HostArray.Zeros(g.Weight).Map(_ => 1), dy = HostArray.Zeros(g.Output).Map(_ => 1);
        x[0, 0, 1, 0] = extreme;

        double[][] results = Results(algorithm, new(1, 1, HasRelu: true, IsResidual: false), x, w, null, dy);

        Assert.That(results[0], Has.None.Matches<double>(double.IsFinite), "each window holds the extreme pixel");
        Assert.That(results[1], Is.All.EqualTo(4 * channels).Within(1e-3), "all bits are set");
    }

    [Test]
    public void A_gradient_that_is_not_finite_ends_where_relu_stopped_its_input(
        [Values] Conv2dAlgorithm algorithm, [Values(16, 3)] int channels)
    {
        RequireFit(algorithm);
        var g = new Conv2dGeometry(1, 5, 3, channels, 3, 3, channels, 1, 1);
        HostArray x = Numbers(g.Input, 1), w = Numbers(g.Weight, 2), bias = HostArray.Zeros([channels]).Map(_ => -1000);
        HostArray dy = HostArray.Zeros(g.Output).Map(_ => double.NaN);

        double[][] results = Results(algorithm, new(1, 1, HasRelu: true, IsResidual: false), x, w, bias, dy);

        Assert.That(results.SelectMany(result => result), Is.All.Zero);
    }

    [Test]
    public void Kernels_read_each_others_bits([Values(3, 16, 29)] int channels)
    {
        var g = new Conv2dGeometry(1, 5, 6, channels, 3, 3, channels, 1, 1);
        var form = new Conv2dBlockForm(1, 1, HasRelu: true, IsResidual: false);
        using Tensor x = Numbers(g.Input, 1).On(Device, DType.Float32), w = Numbers(g.Weight, 2).On(Device, DType.Float32);
        Conv2dAlgorithm[] algorithms = [Conv2dAlgorithm.Auto, Conv2dAlgorithm.Naive, Conv2dAlgorithm.Direct, Conv2dAlgorithm.Winograd];

        var gradients = new List<double[]>();
        foreach (Conv2dAlgorithm writing in algorithms)
        {
            using Tensor y = Conv2dBlock.Forward(x, w, null, form, keepsMask: true, out ReluMask? mask, writing);
            foreach (Conv2dAlgorithm reading in algorithms)
            {
                using Tensor dx = Conv2dBlock.InputGradient(x, mask, w, g.InputHeight, g.InputWidth, form, reading);
                gradients.Add(dx.ToDoubles());
            }

            mask!.Dispose();
        }

        Assert.Multiple(() =>
        {
            for (int i = 1; i < gradients.Count; i++)
                AssertClose(gradients[i], gradients[0], $"{algorithms[i / 4]}, then {algorithms[i % 4]}");
        });
    }

    /// <summary>y, dx, dw and db.</summary>
    private double[][] Results(
        Conv2dAlgorithm algorithm, Conv2dBlockForm form, HostArray x, HostArray w, HostArray? bias, HostArray dy)
    {
        using Tensor tx = x.On(Device, DType.Float32), tw = w.On(Device, DType.Float32), tdy = dy.On(Device, DType.Float32);
        using Tensor? tb = bias?.On(Device, DType.Float32);
        using Tensor y = Conv2dBlock.Forward(tx, tw, tb, form, keepsMask: true, out ReluMask? mask, algorithm);
        using ReluMask? bits = mask;
        using Tensor dx = Conv2dBlock.InputGradient(tdy, bits, tw, x.Shape[1], x.Shape[2], form, algorithm);

        // There is no tiled kernel for the weight gradient.
        (Tensor dw, Tensor db) = Conv2dBlock.ParameterGradients(
            tx, tdy, bits, w.Shape[0], w.Shape[1], form, algorithm == Conv2dAlgorithm.Tiled ? Conv2dAlgorithm.Auto : algorithm);
        double[][] results = [y.ToDoubles(), dx.ToDoubles(), dw.ToDoubles(), db.ToDoubles()];
        dw.Dispose();
        db.Dispose();
        return results;
    }

    private void RequireFit(Conv2dAlgorithm algorithm)
    {
        if (!Conv2d.Fits(Device, algorithm))
            Assert.Ignore("the kernel needs larger work-groups than this device has");
    }

    private static void AssertClose(double[] result, double[] expected, string what)
    {
        double error = result.Zip(expected, (a, b) => (a - b) * (a - b)).Sum();

        // NUnit takes NaN for less than any number, but not for one in a range.
        Assert.That(Math.Sqrt(error / expected.Sum(b => b * b)), Is.InRange(0, Tolerance), what);
    }

    /// <summary>Uniform in −1 … 1 and exact in float32.</summary>
    private static HostArray Numbers(Shape shape, int seed)
    {
        var random = new Random(seed);
        return HostArray.Zeros(shape).Map(_ => random.NextSingle() * 2 - 1);
    }
}

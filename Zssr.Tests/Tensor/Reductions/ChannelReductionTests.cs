using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class ChannelReductionTests(TestDevice kind) : DeviceTest(kind)
{
    private IEnumerable<DType> DTypesHere => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [Test]
    public void Sum_mean_and_variance_of_channels_equal_the_definition(
        [Values(1, 3, 5, 64, 65, 100)] int channels, [Values(1, 2, 64, 65, 700, 2049)] int pixels)
    {
        double[] elements = RandomNumbers.Uniform(pixels * channels, seed: pixels + channels, 1, 2);
        double[] sums = ReductionReference.SumChannels(elements, channels);
        double[] means = ReductionReference.MeanChannels(elements, channels);
        double[] variances = ReductionReference.VarianceChannels(elements, channels);
        foreach (DType dtype in DTypesHere)
        {
            double tolerance = dtype == DType.Float32 ? 5e-7 : 1e-14;
            using Tensor x = Tensor.From(Device, [1, pixels, 1, channels], elements, dtype);
            using Tensor sum = Reduction.SumChannels(x);
            using Tensor mean = Reduction.MeanChannels(x);
            using Tensor variance = Reduction.VarianceChannels(x);
            Assert.That(sum.Shape, Is.EqualTo(Shape.Create([channels])));
            Assert.That(mean.Shape, Is.EqualTo(Shape.Create([channels])));
            Assert.That(variance.Shape, Is.EqualTo(Shape.Create([channels])));
            Assert.That(sum.ToDoubles(), Is.EqualTo(sums).Within(tolerance * 2 * pixels));
            Assert.That(mean.ToDoubles(), Is.EqualTo(means).Within(tolerance * 2));
            Assert.That(variance.ToDoubles(), Is.EqualTo(variances).Within(tolerance));
        }
    }

    [Test]
    public void The_variance_of_large_numbers_close_together_keeps_its_digits()
    {
        // 4096 ± 1 in turn: variance 1. In float32 the mean of squares less the squared mean would be wrong in the first digit.
        double[] elements = new double[2000];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = 4096 + (i % 4 < 2 ? 1 : -1);
        using Tensor x = Tensor.From(Device, [1000, 2], elements, DType.Float32);
        using Tensor variance = Reduction.VarianceChannels(x);
        Assert.That(variance.ToDoubles(), Is.All.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void NaN_stays_in_its_channel()
    {
        double[] elements = new double[3000];
        elements[3 * 777 + 1] = double.NaN;
        using Tensor x = Tensor.From(Device, [1000, 3], elements, DType.Float32);
        using Tensor sum = Reduction.SumChannels(x);
        using Tensor variance = Reduction.VarianceChannels(x);
        Assert.That(sum.ToDoubles(), Is.EqualTo(new[] { 0, double.NaN, 0 }));
        Assert.That(variance.ToDoubles(), Is.EqualTo(new[] { 0, double.NaN, 0 }));
    }

    [Test]
    public void Without_pixels_the_sums_are_0_and_the_means_NaN()
    {
        using Tensor x = Tensor.Zeros(Device, [4, 0, 2]);
        using Tensor sum = Reduction.SumChannels(x);
        using Tensor mean = Reduction.MeanChannels(x);
        using Tensor variance = Reduction.VarianceChannels(x);
        Assert.That(sum.ToDoubles(), Is.EqualTo(new double[2]));
        Assert.That(mean.ToDoubles(), Is.EqualTo(new[] { double.NaN, double.NaN }));
        Assert.That(variance.ToDoubles(), Is.EqualTo(new[] { double.NaN, double.NaN }));
    }

    [Test]
    public void Without_channels_the_result_is_empty()
    {
        using Tensor x = Tensor.Zeros(Device, [4, 0]);
        using Tensor sum = Reduction.SumChannels(x);
        Assert.That(sum.Shape, Is.EqualTo(Shape.Create([0])));
    }

    [Test]
    public void A_scalar_has_no_channels()
    {
        using Tensor x = Tensor.Zeros(Device, []);
        Assert.That(() => Reduction.SumChannels(x), Throws.TypeOf<ShapeException>().With.Message.Contains("sum channels"));
        Assert.That(() => Reduction.MeanChannels(x), Throws.TypeOf<ShapeException>().With.Message.Contains("mean channels"));
        Assert.That(() => Reduction.VarianceChannels(x), Throws.TypeOf<ShapeException>().With.Message.Contains("variance channels"));
    }
}

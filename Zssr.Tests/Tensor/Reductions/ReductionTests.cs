using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class ReductionTests(TestDevice kind) : DeviceTest(kind)
{
    // Around the widths, terms and blocks of the stages (64, 32, 2048), and around common group sizes.
    private static readonly int[] Counts = [1, 2, 3, 31, 63, 64, 65, 127, 129, 255, 257, 1023, 2047, 2048, 2049, 2113, 4097, 70001];

    private IEnumerable<DType> DTypesHere => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    /// <summary>How far a result may be from float64's, relative to the sum of magnitudes.</summary>
    private static double Tolerance(DType dtype) => dtype == DType.Float32 ? 5e-7 : 1e-14;

    [TestCaseSource(nameof(Counts))]
    public void Sum_mean_and_max_equal_the_definition_for_any_count(int count)
    {
        double[] elements = RandomNumbers.Uniform(count, seed: count);
        double magnitude = elements.Sum(Math.Abs);
        foreach (DType dtype in DTypesHere)
        {
            using Tensor x = Tensor.From(Device, [count], elements, dtype);
            using Tensor sum = Reduction.Sum(x);
            using Tensor mean = Reduction.Mean(x);
            using Tensor max = Reduction.Max(x);
            double expected = ReductionReference.Sum(elements);
            Assert.That(sum.Shape, Is.EqualTo(Shape.Create([])));
            Assert.That(sum.Item(), Is.EqualTo(expected).Within(Tolerance(dtype) * magnitude));
            Assert.That(mean.Item(), Is.EqualTo(expected / count).Within(Tolerance(dtype) * magnitude / count));
            Assert.That(max.Item(), Is.EqualTo(elements.Max()));
        }
    }

    [Test]
    public void Every_element_counts_once()
    {
        // Powers of two are exact in float32: an element that is left out or taken twice changes the sum by its own power.
        foreach (int place in new[] { 0, 63, 64, 2047, 2048, 4095, 4096, 5000 })
        {
            double[] elements = new double[5001];
            Array.Fill(elements, 1);
            elements[place] = 65536;
            using Tensor x = Tensor.From(Device, [5001], elements, DType.Float32);
            using Tensor sum = Reduction.Sum(x);
            using Tensor max = Reduction.Max(x);
            Assert.That(sum.Item(), Is.EqualTo(65536 + 5000), $"place {place}");
            Assert.That(max.Item(), Is.EqualTo(65536), $"place {place}");
        }
    }

    [TestCase(0.1, 0.1)] // equal elements: rounding always errs to the same side
    [TestCase(0, 255)]
    public void A_float32_sum_of_a_million_elements_is_accurate_to_a_millionth(double low, double high)
    {
        Assume.That(Kind, Is.Not.EqualTo(TestDevice.Portable), "ILGPU's CPU accelerator takes seconds for this");
        double[] elements = RandomNumbers.Uniform(1_000_000, seed: 5, low, high);
        double expected = ReductionReference.Sum(elements);
        using Tensor x = Tensor.From(Device, [1_000_000], elements, DType.Float32);
        using Tensor sum = Reduction.Sum(x);
        Assert.That(sum.Item(), Is.EqualTo(expected).Within(1e-6 * expected));
    }

    [Test]
    public void Sum_carries_NaN_and_infinity()
    {
        double[] elements = RandomNumbers.Uniform(5000, seed: 1);
        elements[4321] = double.PositiveInfinity;
        Assert.That(SumOf(elements), Is.EqualTo(double.PositiveInfinity));
        elements[7] = double.NegativeInfinity;
        Assert.That(SumOf(elements), Is.NaN);
        elements[7] = double.NaN;
        Assert.That(SumOf(elements), Is.NaN);
    }

    [TestCase(0)]
    [TestCase(2500)]
    [TestCase(4999)]
    public void Max_is_NaN_wherever_the_NaN_lies(int place)
    {
        double[] elements = RandomNumbers.Uniform(5000, seed: 2);
        elements[place] = double.NaN;
        using Tensor x = Tensor.From(Device, [5000], elements, DType.Float32);
        using Tensor max = Reduction.Max(x);
        Assert.That(max.Item(), Is.NaN);
    }

    [Test]
    public void Max_of_negative_numbers_and_infinities_is_one_of_them()
    {
        using Tensor negative = Tensor.From(Device, [3], [-5f, -2f, -9f]);
        using Tensor lowest = Tensor.From(Device, [2], [float.NegativeInfinity, float.NegativeInfinity]);
        using Tensor highest = Tensor.From(Device, [3], [1f, float.PositiveInfinity, 3f]);
        using Tensor maxOfNegative = Reduction.Max(negative);
        using Tensor maxOfLowest = Reduction.Max(lowest);
        using Tensor maxOfHighest = Reduction.Max(highest);
        Assert.That(maxOfNegative.Item(), Is.EqualTo(-2));
        Assert.That(maxOfLowest.Item(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(maxOfHighest.Item(), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void An_empty_tensor_has_sum_0_mean_NaN_and_no_max()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 0, 3]);
        using Tensor sum = Reduction.Sum(x);
        using Tensor mean = Reduction.Mean(x);
        Assert.That(sum.Item(), Is.Zero);
        Assert.That(mean.Item(), Is.NaN);
        Assert.That(() => Reduction.Max(x), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 0, 3]"));
    }

    [Test]
    public void Sums_have_the_same_bits_in_every_run()
    {
        double[] elements = RandomNumbers.Uniform(30_011, seed: 3);
        Assert.That(Enumerable.Range(0, 4).Select(_ => SumOf(elements)).Distinct().Count(), Is.EqualTo(1));
    }

    private double SumOf(double[] elements)
    {
        using Tensor x = Tensor.From(Device, [elements.Length], elements, DType.Float32);
        using Tensor sum = Reduction.Sum(x);
        return sum.Item();
    }
}

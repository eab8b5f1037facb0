using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class RandomTensorsTests(TestDevice kind) : DeviceTest(kind)
{
    private const int Count = 50_000;

    [Test]
    public void All_devices_hold_the_same_numbers()
    {
        using Device reference = Device.Open("cpu");
        using Tensor uniformHere = RandomTensors.Uniform(Device, [3, 5, 7], seed: 1, stream: 2, low: -0.3, high: 0.7);
        using Tensor uniformThere = RandomTensors.Uniform(reference, [3, 5, 7], seed: 1, stream: 2, low: -0.3, high: 0.7);
        using Tensor normalHere = RandomTensors.Normal(Device, [3, 5, 7], seed: 1, stream: 2, mean: 0.1, standardDeviation: 5);
        using Tensor normalThere = RandomTensors.Normal(reference, [3, 5, 7], seed: 1, stream: 2, mean: 0.1, standardDeviation: 5);
        Assert.That(uniformHere.ToArray(), Is.EqualTo(uniformThere.ToArray()));
        Assert.That(normalHere.ToArray(), Is.EqualTo(normalThere.ToArray()));
    }

    [Test]
    public void A_uniform_number_is_the_word_of_its_place()
    {
        using Tensor x = RandomTensors.Uniform(Device, [7], seed: 9, stream: 4);
        for (int i = 0; i < 7; i++)
        {
            uint word = Philox.Block(9, 4, (ulong)i / 4)[i % 4];
            Assert.That(x.ToArray()[i], Is.EqualTo((word >> 8) / 16777216f));
        }
    }

    [Test]
    public void A_number_does_not_depend_on_how_many_follow()
    {
        using Tensor few = RandomTensors.Normal(Device, [5], seed: 3);
        using Tensor many = RandomTensors.Normal(Device, [8], seed: 3);
        using Tensor fewUniform = RandomTensors.Uniform(Device, [5], seed: 3);
        using Tensor manyUniform = RandomTensors.Uniform(Device, [8], seed: 3);
        Assert.That(few.ToArray(), Is.EqualTo(many.ToArray()[..5]));
        Assert.That(fewUniform.ToArray(), Is.EqualTo(manyUniform.ToArray()[..5]));
    }

    [Test]
    public void Float64_tensors_hold_the_numbers_of_float32_ones_unrounded()
    {
        if (!Device.Info.SupportsFloat64)
        {
            Assert.That(() => RandomTensors.Normal(Device, [9], seed: 3, dtype: DType.Float64), Throws.TypeOf<DTypeException>());
            return;
        }

        using Tensor single = RandomTensors.Normal(Device, [9], seed: 3);
        using Tensor full = RandomTensors.Normal(Device, [9], seed: 3, dtype: DType.Float64);
        using Tensor singleUniform = RandomTensors.Uniform(Device, [9], seed: 3);
        using Tensor fullUniform = RandomTensors.Uniform(Device, [9], seed: 3, dtype: DType.Float64);
        Assert.That(full.ToArray(), Is.EqualTo(single.ToArray()));
        Assert.That(full.ToDoubles(), Is.Not.EqualTo(single.ToDoubles()));
        Assert.That(fullUniform.ToDoubles(), Is.EqualTo(singleUniform.ToDoubles()));
    }

    [Test]
    public void Seeds_and_streams_differ()
    {
        using Tensor x = RandomTensors.Uniform(Device, [20], seed: 1);
        using Tensor otherSeed = RandomTensors.Uniform(Device, [20], seed: 2);
        using Tensor otherStream = RandomTensors.Uniform(Device, [20], seed: 1, stream: 1);
        Assert.That(x.ToArray().Concat(otherSeed.ToArray()).Concat(otherStream.ToArray()), Is.Unique);
    }

    [Test]
    public void Uniform_numbers_are_even_over_their_range()
    {
        using Tensor x = RandomTensors.Uniform(Device, [Count], seed: 5, low: -2, high: 6);
        double[] numbers = x.ToDoubles();
        int[] histogram = new int[16];
        foreach (double number in numbers)
            histogram[(int)Math.Floor((number + 2) / 8 * histogram.Length)]++;
        Assert.That(numbers.Min(), Is.InRange(-2.0, -1.99));
        Assert.That(numbers.Max(), Is.InRange(5.99, 5.99999999));
        // The bounds are five standard deviations of each figure: 8/√12/√n, 8²·√(1/180)/√n, √(n/16).
        Assert.That(numbers.Average(), Is.EqualTo(2).Within(0.052));
        Assert.That(Moment(numbers, 2), Is.EqualTo(64.0 / 12).Within(0.107));
        Assert.That(histogram, Is.All.InRange(Count / 16 - 280, Count / 16 + 280));
        Assert.That(Distributions.LargestDeviation(numbers, n => (n + 2) / 8), Is.LessThan(Distributions.Bound(Count)));
    }

    [Test]
    public void Normal_numbers_have_the_normal_moments_and_tails()
    {
        using Tensor x = RandomTensors.Normal(Device, [Count], seed: 6, mean: -1, standardDeviation: 3);
        double[] standard = [.. x.ToDoubles().Select(number => (number + 1) / 3)];
        // The bounds are five standard deviations of each figure: √(1/n), √(2/n), √(6/n), √(24/n), and of a binomial count.
        Assert.That(standard.Average(), Is.Zero.Within(0.0224));
        Assert.That(Moment(standard, 2), Is.EqualTo(1).Within(0.0317));
        Assert.That(Moment(standard, 3), Is.Zero.Within(0.0867));
        Assert.That(Moment(standard, 4), Is.EqualTo(3).Within(0.22));
        Assert.That(standard.Count(z => z > 2), Is.InRange(1138 - 167, 1138 + 167));
        Assert.That(standard.Count(z => z < -2), Is.InRange(1138 - 167, 1138 + 167));
        Assert.That(standard.Count(z => Math.Abs(z) > 3), Is.InRange(135 - 58, 135 + 58));
        Assert.That(Distributions.LargestDeviation(standard, Distributions.Normal), Is.LessThan(Distributions.Bound(Count)));
    }

    [Test]
    public void Neighbours_are_not_correlated([Range(1, 4)] int distance)
    {
        using Tensor x = RandomTensors.Normal(Device, [Count], seed: 7);
        double[] z = x.ToDoubles();
        double correlation = Enumerable.Range(0, Count - distance).Average(i => z[i] * z[i + distance]);
        Assert.That(correlation, Is.Zero.Within(0.0224));
    }

    [Test]
    public void The_upper_end_is_never_reached_even_by_rounding()
    {
        // Between 1000 and 1001 float32 has a number every 2⁻¹⁴ only: one draw in 2¹⁵ would round up to 1001.
        using Tensor x = RandomTensors.Uniform(Device, [300_000], seed: 8, low: 1000, high: 1001);
        Assert.That(x.ToArray().Max(), Is.EqualTo(MathF.BitDecrement(1001f)));
    }

    [Test]
    public void No_spread_gives_the_mean()
    {
        using Tensor x = RandomTensors.Normal(Device, [5], seed: 9, mean: 2.5, standardDeviation: 0);
        Assert.That(x.ToArray(), Is.All.EqualTo(2.5f));
    }

    [Test]
    public void Empty_tensors_and_scalars_can_be_drawn()
    {
        using Tensor empty = RandomTensors.Normal(Device, [3, 0], seed: 1);
        using Tensor scalar = RandomTensors.Uniform(Device, [], seed: 1);
        Assert.That(empty.Count, Is.Zero);
        Assert.That(scalar.Item(), Is.InRange(0.0, 1.0));
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(double.NaN, 1)]
    [TestCase(0, double.PositiveInfinity)]
    [TestCase(double.MinValue, double.MaxValue)]
    public void A_range_without_numbers_is_refused(double low, double high) =>
        Assert.That(() => RandomTensors.Uniform(Device, [2], seed: 1, low: low, high: high), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(0, -1)]
    [TestCase(0, double.NaN)]
    [TestCase(double.NaN, 1)]
    [TestCase(0, double.PositiveInfinity)]
    public void A_distribution_that_does_not_exist_is_refused(double mean, double standardDeviation) => Assert.That(
        () => RandomTensors.Normal(Device, [2], seed: 1, mean: mean, standardDeviation: standardDeviation),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    private static double Moment(double[] numbers, int power)
    {
        double mean = numbers.Average();
        return numbers.Average(number => Math.Pow(number - mean, power));
    }
}

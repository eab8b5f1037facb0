using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class PhiloxRandomTests
{
    [Test]
    public void Words_come_block_by_block()
    {
        var random = new PhiloxRandom(seed: 7, stream: 3);
        uint[] drawn = [.. Enumerable.Range(0, 6).Select(_ => random.NextUInt32())];
        PhiloxBlock first = Philox.Block(7, 3, 0);
        PhiloxBlock second = Philox.Block(7, 3, 1);
        Assert.That(drawn, Is.EqualTo(new[] { first.Word0, first.Word1, first.Word2, first.Word3, second.Word0, second.Word1 }));
    }

    [Test]
    public void A_new_generator_goes_on_where_a_position_was_stored()
    {
        var random = new PhiloxRandom(seed: 11);
        for (int draw = 0; draw < 5; draw++)
            _ = (random.NextUInt32(), random.NextDouble(), random.NextInt32(100), random.NextNormal());
        var resumed = new PhiloxRandom(seed: 11) { Position = random.Position };
        for (int draw = 0; draw < 20; draw++)
        {
            Assert.That(resumed.NextNormal(), Is.EqualTo(random.NextNormal()));
            Assert.That(resumed.NextUInt32(), Is.EqualTo(random.NextUInt32()));
        }
    }

    [Test]
    public void The_position_counts_words_and_can_go_back()
    {
        var random = new PhiloxRandom(seed: 5);
        _ = random.NextUInt32();
        double first = random.NextDouble();
        _ = random.NextNormal();
        Assert.That(random.Position, Is.EqualTo(7));
        random.Position = 1;
        Assert.That(random.NextDouble(), Is.EqualTo(first));
    }

    [Test]
    public void Seeds_and_streams_give_other_numbers()
    {
        ulong[] keys = [0, 1, 1UL << 32];
        Assert.That(keys.SelectMany(seed => keys.Select(stream => new PhiloxRandom(seed, stream).NextUInt32())), Is.Unique);
    }

    [Test]
    public void Doubles_fill_the_unit_interval_evenly()
    {
        var random = new PhiloxRandom(seed: 1);
        double[] numbers = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextDouble())];
        Assert.That(numbers, Is.All.InRange(0.0, Math.BitDecrement(1.0)));
        Assert.That(Distributions.LargestDeviation(numbers, x => x), Is.LessThan(Distributions.Bound(numbers.Length)));
    }

    [TestCase(0u, 0u, 0.0)]
    [TestCase(0x80000000u, 0u, 0.5)]
    [TestCase(0u, 1u << 11, 1.0 / (1L << 53))]
    [TestCase(uint.MaxValue, uint.MaxValue, 1 - 1.0 / (1L << 53))]
    public void A_double_is_made_of_the_highest_bits_of_two_words(uint high, uint low, double expected) =>
        Assert.That(Deviates.Uniform(high, low), Is.EqualTo(expected));

    [Test]
    public void Whole_numbers_below_a_bound_are_equally_likely([Values(1, 2, 3, 7, 100)] int bound)
    {
        var random = new PhiloxRandom(seed: 2);
        int[] counts = new int[bound];
        const int PerValue = 1000;
        for (int draw = 0; draw < bound * PerValue; draw++)
            counts[random.NextInt32(bound)]++;
        // Five standard deviations of a binomial count, √1000 each at most.
        Assert.That(counts, Is.All.InRange(PerValue - 158, PerValue + 158));
    }

    [Test]
    public void A_bound_that_does_not_divide_the_words_has_no_bias()
    {
        // Without redrawing, of 0 … 3·2²⁹ − 1 those divisible by three would be three eighths of all draws, not a third.
        const int Bound = 3 << 29;
        var random = new PhiloxRandom(seed: 3);
        int divisible = Enumerable.Range(0, 30_000).Count(_ => random.NextInt32(Bound) % 3 == 0);
        Assert.That(divisible, Is.InRange(10_000 - 450, 10_000 + 450));
        Assert.That(random.Position, Is.GreaterThan(30_000UL), "some words must have been redrawn");
    }

    [Test]
    public void Normal_numbers_follow_the_normal_distribution()
    {
        var random = new PhiloxRandom(seed: 4);
        double[] numbers = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextNormal(3, 2))];
        double deviation = Distributions.LargestDeviation(numbers, x => Distributions.Normal((x - 3) / 2));
        Assert.That(deviation, Is.LessThan(Distributions.Bound(numbers.Length)));
    }

    [Test]
    public void The_words_that_leave_most_to_the_tail_give_a_finite_number()
    {
        (double largest, double second) = Deviates.NormalPair(new PhiloxBlock(uint.MaxValue, uint.MaxValue, 0, 0));
        (double none, _) = Deviates.NormalPair(new PhiloxBlock(0, 0, 0, 0));
        Assert.That(largest, Is.EqualTo(Math.Sqrt(2 * 53 * Math.Log(2))).Within(1e-12));
        Assert.That(second, Is.Zero);
        Assert.That(none, Is.Zero);
    }

    [Test]
    public void Impossible_distributions_are_refused()
    {
        var random = new PhiloxRandom(seed: 6);
        Assert.That(() => random.NextInt32(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => random.NextInt32(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => random.NextNormal(0, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => random.NextNormal(0, double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}

using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostReductionsTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(1031)]
    [TestCase(70_001)]
    public void Sum_is_the_float64_sum(int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);

        Assert.That(HostReductions.Sum(Host, x, count), Is.EqualTo(x.ToArray().Sum(v => (double)v)).Within(1e-6 * Math.Sqrt(count)));
    }

    [Test]
    public void Sum_of_many_equal_numbers_does_not_drift()
    {
        const int count = 4_000_000;
        using var x = new NativeFloats(count);
        x.Span.Fill(0.1f);

        Assert.That(HostReductions.Sum(Host, x, count), Is.EqualTo(count * (double)0.1f).Within(1e-4).Percent);
    }

    [Test]
    public void Max_finds_the_largest_wherever_it_is([Values(1, 16, 35, 200)] int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        for (int i = 0; i < count; i++)
        {
            float kept = x.Span[i];
            x.Span[i] = 2 + i;
            Assert.That(HostReductions.Max(Host, x, count), Is.EqualTo(2f + i));
            x.Span[i] = kept;
        }
    }

    [Test]
    public void Max_of_negative_numbers_is_negative()
    {
        using var x = new NativeFloats([-3, -1, -2]);

        Assert.That(HostReductions.Max(Host, x, 3), Is.EqualTo(-1f));
    }

    [Test]
    public void Max_of_nothing_is_minus_infinity()
    {
        using var x = new NativeFloats(0);

        Assert.That(HostReductions.Max(Host, x, 0), Is.EqualTo(float.NegativeInfinity));
    }

    [Test]
    public void Max_is_NaN_wherever_the_NaN_is([Values(1, 16, 35, 200)] int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        for (int i = 0; i < count; i++)
        {
            float kept = x.Span[i];
            x.Span[i] = float.NaN;
            Assert.That(HostReductions.Max(Host, x, count), Is.NaN);
            x.Span[i] = kept;
        }
    }

    [Test]
    public void Channel_sums_are_the_float64_sums([Values(1, 3, 16, 21, 64)] int channels, [Values(0, 1, 5, 333)] int rows)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), rows * channels);
        using var sums = new NativeFloats(channels);

        HostReductions.ChannelSums(Host, x, rows, channels, sums);

        sums.AssertGuards();
        for (int c = 0; c < channels; c++)
            Assert.That(sums.Span[c], Is.EqualTo(Enumerable.Range(0, rows).Sum(r => (double)x.Span[r * channels + c])).Within(1e-5));
    }

    [Test]
    public void Channel_moments_survive_a_mean_far_from_zero([Values(1, 3, 21, 64)] int channels)
    {
        const int rows = 700;
        using NativeFloats x = NativeFloats.Random(new Random(1), rows * channels);
        foreach (ref float value in x.Span)
            value += 1000;
        using var mean = new NativeFloats(channels);
        using var variance = new NativeFloats(channels);

        HostReductions.ChannelMoments(Host, x, rows, channels, mean, variance);

        for (int c = 0; c < channels; c++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(r => (double)x.Span[r * channels + c])];
            double centre = column.Average();
            Assert.That(mean.Span[c], Is.EqualTo(centre).Within(1e-4));
            Assert.That(variance.Span[c], Is.EqualTo(column.Average(v => (v - centre) * (v - centre))).Within(1e-5));
        }
    }
}

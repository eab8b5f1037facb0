using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Inputs for cases: arbitrary numbers, the same in every run.</summary>
internal static class CaseInputs
{
    /// <summary>Numbers between −1 and 1, none nearer to 0 than 0.01, so that a kink there stays out of a gradient check's reach.</summary>
    public static HostArray Arbitrary(Shape shape, int seed)
    {
        var random = new Random(seed);
        return HostArray.Zeros(shape).Map(_ =>
        {
            double x = random.NextDouble() * 1.98 - 0.99;
            return x + 0.01 * Math.Sign(x);
        });
    }

    /// <summary>Numbers between ½ and 2.</summary>
    public static HostArray Positive(Shape shape, int seed)
    {
        var random = new Random(seed);
        return HostArray.Zeros(shape).Map(_ => 0.5 + 1.5 * random.NextDouble());
    }

    /// <summary>Numbers that differ from each other by at least 0.01, in arbitrary order: for maxima and medians.</summary>
    public static HostArray Distinct(Shape shape, int seed)
    {
        double[] values = [.. Enumerable.Range(0, shape.ElementCount).Select(i => (i - shape.ElementCount / 2) * 0.01)];
        new Random(seed).Shuffle(values);
        return new HostArray(shape, values);
    }

    /// <summary>The values that break careless code: zeros of both signs, infinities, NaN, the largest and smallest numbers.</summary>
    public static HostArray Extremes() => new(
        [10],
        [0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 3e38, -3e38, 1e-30]);
}

namespace Zssr.Tests.References;

/// <summary>How well numbers follow a distribution: the test of Kolmogorov and Smirnov.</summary>
public static class Distributions
{
    /// <summary>
    /// The largest distance between the share of numbers up to x and the probability of x, over all x.
    /// </summary>
    public static double LargestDeviation(double[] numbers, Func<double, double> cumulative)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(cumulative);
        double[] sorted = [.. numbers.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double probability = cumulative(sorted[i]);
            double below = probability - (double)i / sorted.Length;
            double upTo = (double)(i + 1) / sorted.Length - probability;
            largest = Math.Max(largest, Math.Max(below, upTo));
        }

        return double.IsNaN(largest) ? double.PositiveInfinity : largest; // NUnit's Is.LessThan takes NaN for less than every number
    }

    /// <summary>What the distance stays below for all but one in 10,000 samples of this size, if they follow the distribution.</summary>
    public static double Bound(int count) => Math.Sqrt(Math.Log(2 / 1e-4) / 2 / count);

    /// <summary>The probability that a standard normal number is at most x: ½ + ∫₀ˣ e^(−t²/2) dt / √(2π), by Simpson's rule.</summary>
    public static double Normal(double x)
    {
        const int Steps = 200;
        double end = Math.Clamp(x, -9, 9);
        double step = end / Steps;
        double sum = Density(0) + Density(end);
        for (int i = 1; i < Steps; i++)
            sum += Density(i * step) * (i % 2 == 1 ? 4 : 2);
        return 0.5 + sum * step / 3;
    }

    private static double Density(double t) => Math.Exp(-t * t / 2) / Math.Sqrt(Math.Tau);
}

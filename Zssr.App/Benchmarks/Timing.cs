using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Zssr.App.Benchmarks;

/// <summary>How long something takes, from many repetitions.</summary>
/// <param name="MedianMs">The median in milliseconds: what it takes as a rule.</param>
/// <param name="MinMs">The least in milliseconds: what it takes undisturbed.</param>
/// <param name="Samples">How many repetitions count.</param>
internal sealed record Timing(
    [property: JsonPropertyName("median_ms")] double MedianMs,
    [property: JsonPropertyName("min_ms")] double MinMs,
    [property: JsonPropertyName("samples")] int Samples)
{
    /// <summary>The first repetitions compile kernels, fill caches and wake threads; they do not count.</summary>
    public const int WarmUp = 3;

    /// <summary>The figures of measurements in milliseconds, in the order in which they were made.</summary>
    /// <exception cref="ArgumentException">There are no more of them than <see cref="WarmUp"/>.</exception>
    public static Timing Of(IReadOnlyList<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Skip(WarmUp).Order()];
        return sorted.Length > 0
            ? new Timing(Math.Round(sorted[sorted.Length / 2], 3), Math.Round(sorted[0], 3), sorted.Length)
            : throw new ArgumentException($"timing: {milliseconds.Count} measurements are too few; the first {WarmUp} do not count.");
    }

    /// <summary>How long an action takes, in milliseconds.</summary>
    public static double Measure(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

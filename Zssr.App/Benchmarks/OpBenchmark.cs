using System.Diagnostics;
using Zssr.Tensors;

namespace Zssr.App.Benchmarks;

/// <summary>One operation to be timed, and what it has to do.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Flops">
/// Floating-point operations by the operation's definition, each multiplication and each addition counted; 0 for operations that memory limits.
/// </param>
/// <param name="Bytes">Bytes read and written at least: each input once, each output once.</param>
/// <param name="Run">Does it once.</param>
internal sealed record OpBenchmark(string Name, double Flops, double Bytes, Action Run)
{
    /// <summary>A time that a clock measures well.</summary>
    private const double LeastMilliseconds = 2;

    /// <summary>How long the operation takes, repeated for some seconds.</summary>
    public Timing Measure(Device device, double seconds)
    {
        int repeats = 1;
        while (Timing.Measure(() => Repeat(device, repeats)) < LeastMilliseconds && repeats < 1 << 16)
            repeats *= 2;

        var milliseconds = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || milliseconds.Count <= Timing.WarmUp)
            milliseconds.Add(Timing.Measure(() => Repeat(device, repeats)) / repeats);
        return Timing.Of(milliseconds);
    }

    private void Repeat(Device device, int repeats)
    {
        for (int i = 0; i < repeats; i++)
            Run();
        device.Synchronize();
    }
}

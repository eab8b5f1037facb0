using Zssr.Tensors;

namespace Zssr.App.Benchmarks;

/// <summary>What the time of an operation amounts to, by the median.</summary>
internal sealed record OpFigures(OpBenchmark Op, Timing Timing, DevicePeaks Peaks)
{
    /// <summary>GFLOP/s where arithmetic is the work, else GB/s.</summary>
    public string Unit => Op.Flops > 0 ? "GFLOP/s" : "GB/s";

    /// <summary>10⁹ operations, or bytes, a second.</summary>
    public double Rate => (Op.Flops > 0 ? Op.Flops : Op.Bytes) / (Timing.MedianMs * 1e6);

    /// <summary>
    /// The rate in parts of the device's peak. Above 1 for convolutions that need fewer operations than their definition, and for
    /// operations whose tensors stay in the caches.
    /// </summary>
    public double ShareOfPeak => Rate / (Op.Flops > 0 ? Peaks.Gflops : Peaks.GigabytesPerSecond);
}

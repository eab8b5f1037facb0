using System.Diagnostics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>What a device can do at best in float32, measured: the two limits against which operations are held.</summary>
/// <param name="Gflops">
/// 10⁹ floating-point operations a second in nothing but multiply-adds (each counts as two), by the code that ops use.
/// </param>
/// <param name="GigabytesPerSecond">10⁹ bytes a second read and written by z = x + y on tensors far larger than any cache.</param>
public sealed record DevicePeaks(double Gflops, double GigabytesPerSecond)
{
    private const int Repetitions = 7;
    private const int BandwidthElements = 1 << 24;
    private const int MostWorkItems = 1 << 18;

    /// <summary>Measures both, in about a second.</summary>
    /// <exception cref="DeviceException">The device failed, or has too little memory (200 MB).</exception>
    public static DevicePeaks Measure(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DevicePeaks(MeasureArithmetic(device), MeasureBandwidth(device));
    }

    private static double MeasureArithmetic(Device device) =>
        device.Host is null ? MeasureKernel(device) : MeasureHost(device);

    private static unsafe double MeasureHost(Device device)
    {
        const int Rounds = 1_000_000;
        using DeviceCall call = device.Begin("peak arithmetic");
        Host host = device.Host!;
        Tensor results = call.New([host.Threads * Tail.MaxLanes], DType.Float32);
        double seconds = Fastest(() => host.Run(new MultiplyAddsWork(Rounds, results.Pointer)));
        return MultiplyAddsWork.Flops(Rounds, host.Lanes) * host.Threads / seconds * 1e-9;
    }

    private static double MeasureKernel(Device device)
    {
        const int Rounds = 20_000;
        using DeviceCall call = device.Begin("peak arithmetic");
        KernelConfig size = LaunchSize.Elements(device, MostWorkItems);
        Tensor results = call.New([size.GridDim.X * size.GroupDim.X], DType.Float32);
        double seconds = Fastest(() =>
        {
            call.Kernels.Launch(PeakKernels.MultiplyAdds, size, results.View<float>(), Rounds);
            call.Guard(device.Accelerator.Synchronize);
        });
        return 2.0 * PeakKernels.Chains * Rounds * results.Count / seconds * 1e-9;
    }

    private static double MeasureBandwidth(Device device)
    {
        using Tensor x = Tensor.Zeros(device, [BandwidthElements]), y = Tensor.Zeros(device, [BandwidthElements]);
        double seconds = Fastest(() =>
        {
            using Tensor z = Elementwise.Add(x, y);
            device.Synchronize();
        });
        return 3.0 * sizeof(float) * BandwidthElements / seconds * 1e-9;
    }

    /// <summary>Seconds of the fastest of several runs: the one that was disturbed least.</summary>
    private static double Fastest(Action action)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }
}

using System.Diagnostics;
using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// Decides which kernel computes a convolution on one device. Where an algorithm is asked for, that one or an error; where several
/// fit, it times each on the first call of a pass, size and type, and keeps to the fastest from then on.
/// </summary>
/// <remarks>
/// All candidates are correct and differ in rounding only. The first call ends with the winner's own result, so equal calls on one
/// open device give equal bits; another process may measure otherwise and choose another kernel.
/// </remarks>
/// <param name="candidates">The kernels worth timing on a device; tests give their own.</param>
internal sealed class Conv2dTuner(Func<Device, Conv2dPass, Conv2dGeometry, Conv2dAlgorithm[]> candidates)
{
    private readonly Dictionary<(Conv2dPass Pass, Conv2dGeometry Size, DType DType), Conv2dAlgorithm> _choices = [];

    /// <summary>For the kernels that there are.</summary>
    public Conv2dTuner()
        : this(Candidates)
    {
    }

    /// <summary>How many kernels have been timed.</summary>
    public int Timings { get; private set; }

    /// <summary>The one that keeps a device's choices.</summary>
    public static Conv2dTuner Of(Device device) => device.State<Conv2dTuner>();

    /// <summary>Runs the algorithm that is asked for or chosen.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="pass">What is computed.</param>
    /// <param name="g">For which sizes.</param>
    /// <param name="dtype">For which type.</param>
    /// <param name="asked">The caller's wish; <see cref="Conv2dAlgorithm.Auto"/> leaves it to the device's options.</param>
    /// <param name="run">Computes the whole result with one algorithm; may be called several times.</param>
    public void Run(
        DeviceCall call, Conv2dPass pass, Conv2dGeometry g, DType dtype, Conv2dAlgorithm asked, Action<Conv2dAlgorithm> run)
    {
        run(Asked(call, pass, g, asked) ?? Choose(call, pass, g, dtype, run));
    }

    private static Conv2dAlgorithm? Asked(DeviceCall call, Conv2dPass pass, Conv2dGeometry g, Conv2dAlgorithm asked)
    {
        Check.Defined(call, asked);
        bool byOption = asked == Conv2dAlgorithm.Auto;
        if (byOption)
            asked = call.Device.Options.Choice<Conv2dAlgorithm>();
        if (asked == Conv2dAlgorithm.Auto)
            return null;

        if (asked == Conv2dAlgorithm.Tiled && !TiledConv2d.Fits(call.Device))
        {
            throw new DeviceException(
                $"{call}: the tiled convolution needs work-groups of 64, and {call.Device} has at most " +
                $"{LaunchSize.LargestGroup(call.Device)}. Use {nameof(Conv2dAlgorithm.Direct)} or {nameof(Conv2dAlgorithm.Auto)}, " +
                $"or on a portable cpu a larger {nameof(DeviceOptions.SimulatedGroupSize)}.",
                call.Device.ToString(), call.ToString());
        }

        string? problem = asked switch
        {
            Conv2dAlgorithm.Tiled when pass == Conv2dPass.WeightGradient => "there is no tiled kernel for the weight gradient",
            Conv2dAlgorithm.Winograd when !WinogradConv2d.Fits(g) =>
                "Winograd's algorithm is for kernels of 3×3 with stride 1 and a padding of at most 2, not " +
                $"{g.KernelHeight}×{g.KernelWidth} with stride {g.Stride} and padding {g.Padding}",
            _ => null,
        };
        if (problem is null)
            return asked;

        // The option is meant for whole networks, so it must not make some of their layers or their backward pass impossible.
        return byOption
            ? Conv2dAlgorithm.Direct
            : throw new DeviceException(
                $"{call}: {problem}. Use {nameof(Conv2dAlgorithm.Direct)} or {nameof(Conv2dAlgorithm.Auto)}.",
                call.Device.ToString(), call.ToString());
    }

    private Conv2dAlgorithm Choose(DeviceCall call, Conv2dPass pass, Conv2dGeometry g, DType dtype, Action<Conv2dAlgorithm> run)
    {
        Conv2dAlgorithm[] fitting = candidates(call.Device, pass, g);
        if (fitting.Length == 1)
            return fitting[0];
        if (_choices.TryGetValue((pass, g, dtype), out Conv2dAlgorithm known))
            return known;

        // A kernel that the driver cannot run is no candidate. If none runs, nothing is remembered, and the first says why to the caller.
        (Conv2dAlgorithm best, double seconds) = fitting
            .Select(candidate => (Candidate: candidate, Seconds: TimeOrInfinity(call, candidate, run)))
            .MinBy(timed => timed.Seconds);
        if (double.IsFinite(seconds))
            _choices.Add((pass, g, dtype), best);
        return best;
    }

    /// <summary>
    /// The kernels worth timing. Processors get one for each size, so that equal runs give equal bits. Through OpenCL (pocl, 64 to 64
    /// channels, 128×128 pixels) Winograd's took half the time of the direct kernel, and tiles in shared memory, which are for GPUs,
    /// seven times as long. On ILGPU's CPU accelerator the naive one was four times faster than the direct one.
    /// </summary>
    private static Conv2dAlgorithm[] Candidates(Device device, Conv2dPass pass, Conv2dGeometry g)
    {
        if (device.Accelerator.AcceleratorType == AcceleratorType.CPU)
            return [Conv2dAlgorithm.Naive];
        bool suitsWinograd = WinogradConv2d.Suits(g);
        if (!device.Info.IsGpu)
            return [suitsWinograd ? Conv2dAlgorithm.Winograd : Conv2dAlgorithm.Direct];

        List<Conv2dAlgorithm> candidates = [Conv2dAlgorithm.Direct];
        if (pass != Conv2dPass.WeightGradient && TiledConv2d.Fits(device))
            candidates.Add(Conv2dAlgorithm.Tiled);
        if (suitsWinograd)
            candidates.Add(Conv2dAlgorithm.Winograd);
        return [.. candidates];
    }

    private double TimeOrInfinity(DeviceCall call, Conv2dAlgorithm candidate, Action<Conv2dAlgorithm> run)
    {
        try
        {
            return Time(call, candidate, run);
        }
        catch (DeviceException)
        {
            return double.PositiveInfinity;
        }
    }

    /// <summary>Seconds that an algorithm takes once it has been compiled and has touched its memory.</summary>
    private double Time(DeviceCall call, Conv2dAlgorithm candidate, Action<Conv2dAlgorithm> run)
    {
        run(candidate);
        call.Guard(call.Device.Accelerator.Synchronize);
        long start = Stopwatch.GetTimestamp();
        run(candidate);
        call.Guard(call.Device.Accelerator.Synchronize);
        Timings++;
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

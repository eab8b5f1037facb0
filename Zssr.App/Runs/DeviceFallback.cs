using Zssr.App.Display;
using Zssr.App.Jobs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>
/// Enlarges images on a device. Should one that <c>auto</c> has chosen fail in the middle, the image goes on from its last checkpoint on
/// the processor, and so do all others.
/// </summary>
/// <param name="chosen">That device; it stays the caller's.</param>
/// <param name="openProcessor">Opens the processor, where it is needed; null where the user has named the device, which then fails.</param>
/// <param name="runnerOn">Makes one that enlarges on a device, and keeps its checkpoints.</param>
/// <param name="display">Told what happens.</param>
internal sealed class DeviceFallback(
    Device chosen, Func<Device>? openProcessor, Func<Device, JobRunner> runnerOn, RunDisplay display) : IDisposable
{
    private JobRunner _runner = runnerOn(chosen);
    private Device? _processor;

    /// <summary>Enlarges one image.</summary>
    /// <returns>False where there was nothing to do.</returns>
    public bool Run(UpscaleJob job)
    {
        try
        {
            return _runner.Run(job);
        }
        catch (DeviceException failure) when (openProcessor is not null && _processor is null)
        {
            TrainingCheckpoint? checkpoint = _runner.LastCheckpoint;
            string where = checkpoint is null ? "starts again" : $"continues from iteration {checkpoint.OptimizerSteps}";
            display.Note($"{job.Input}: {OneLine.Of(failure.Message)} {chosen} is no longer used; the run {where} on {DeviceName.Cpu}.");
            _processor = openProcessor();
            _runner = runnerOn(_processor);
            return _runner.Run(job, isBegun: true, checkpoint);
        }
    }

    /// <summary>Closes the processor if it was opened.</summary>
    public void Dispose() => _processor?.Dispose();
}

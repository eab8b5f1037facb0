using System.Text.Json;
using Zssr.App.Display;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Makes the records of runs with one device and settings.</summary>
/// <param name="device">Where they are computed.</param>
/// <param name="settings">How.</param>
/// <param name="kernelName">The camera's blur as the user named it, or null.</param>
internal sealed class RunRecords(Device device, ZssrSettings settings, string? kernelName)
{
    private readonly BicubicEnlargement _size = new(settings);

    /// <summary>The record of a run that is about to begin, or to go on from a checkpoint.</summary>
    public RunRecord Begin(UpscaleJob job, PictureFrame picture, RunIdentity identity, TrainingCheckpoint? checkpoint)
    {
        bool hasAlpha = picture.Alpha is not null;
        (int height, int width) = _size.SizeOf(picture.Height, picture.Width);
        return new RunRecord
        {
            Status = RunRecord.Running,
            Input = new ImageRecord(job.Input, picture.Height, picture.Width, picture.Channels, hasAlpha),
            Output = new ImageRecord(job.Output, height, width, picture.Channels, hasAlpha),
            Settings = JsonDocument.Parse(settings.ToJson()).RootElement,
            Kernel = kernelName,
            KernelPlacement = kernelName is null ? null : (settings.KernelPlacement ?? KernelPlacement.Centred).ToString(),
            Seed = settings.Seed,
            Device = RunEnvironment.Of(device),
            Versions = RunEnvironment.Versions,
            InputSha256 = identity.Input,
            SettingsSha256 = identity.Settings,
            Started = DateTimeOffset.Now,
            ResumedAt = checkpoint?.Histories[^1].Losses.Count,
        };
    }

    /// <summary>All stages, those that an earlier process trained included. One network for all scales has but one history.</summary>
    public static IReadOnlyList<StageRecord> Stages(ZssrSettings settings, IReadOnlyList<TrainingHistory> histories) =>
    [
        .. ScaleSchedule.Of(settings).Select((stage, i) =>
        {
            TrainingHistory history = histories[Math.Min(i, histories.Count - 1)];
            return new StageRecord(
                stage.FromInput.ToString(),
                history.Losses.Count,
                history.Losses.Count > 0 ? ProgressText.RecentLoss(history) : null,
                history.ReconstructionErrors.Count > 0 ? history.ReconstructionErrors[^1].Psnr : null,
                history.Collapses,
                history.Divergences,
                [.. RunFolder.Drops(history)]);
        }),
    ];
}

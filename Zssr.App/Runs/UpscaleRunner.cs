using System.Diagnostics;
using Zssr.App.Display;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Reports;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Enlarges images one after the other: from the file to the file, with everything that a run leaves.</summary>
/// <param name="device">Where it is computed.</param>
/// <param name="settings">How.</param>
/// <param name="kernel">The camera's blur, with the name that the user gave for it, if it is known.</param>
/// <param name="display">Shows how it goes.</param>
/// <param name="options">What is not about the result.</param>
/// <param name="cancellation">Stops a run after a last checkpoint.</param>
internal sealed class UpscaleRunner(
    Device device, ZssrSettings settings, (BlurKernel Kernel, string Name)? kernel, RunDisplay display, RunnerOptions options,
    CancellationToken cancellation)
{
    /// <summary>Enlarges one image. Whatever fails leaves its record in the run folder and goes on to the caller.</summary>
    public void Run(UpscaleJob job)
    {
        Picture picture = ImageFile.Read(job.Input);
        using Tensor image = Transparency.FillInvisible(picture).ToTensor(device);
        RunIdentity identity = RunIdentity.Of(image, settings, kernel?.Kernel);
        RunFolder? folder = job.RunFolder is null ? null : new RunFolder(job.RunFolder);
        if (options.Resume && File.Exists(job.Output) && folder?.HasFinished(identity) == true)
        {
            display.Skipped(job);
            return;
        }

        MakeFolderOf(job.Output);
        ImageFile.CheckWritable(job.Output);
        TrainingCheckpoint? checkpoint = options.Resume ? folder?.ReadCheckpoint() : null;
        checkpoint?.RequireSameRun(identity);
        RunRecord record = NewRecord(job, picture, identity, checkpoint);
        folder?.Save(record);
        display.Begin(job);
        try
        {
            record = Complete(job, picture, image, folder, checkpoint, record);
        }
        catch (Exception failure)
        {
            bool interrupted = failure is OperationCanceledException;
            SaveQuietly(folder, record with
            {
                Status = interrupted ? RunRecord.Interrupted : RunRecord.FailedStatus,
                Error = interrupted ? null : failure.Message,
            });
            throw;
        }

        display.Done(job, record);
    }

    private RunRecord Complete(
        UpscaleJob job, Picture picture, Tensor image, RunFolder? folder, TrainingCheckpoint? checkpoint, RunRecord record)
    {
        var clock = Stopwatch.StartNew();
        using Tensor bicubic = Bicubic(image);
        using GroundTruth? truth = job.GroundTruth is null ? null : GroundTruth.Read(job.GroundTruth, device, bicubic, Shave);
        var pairs = new PairGallery(settings.Peak);
        var epochs = new EpochLog(display.Note);
        var hooks = new RunHooks
        {
            Progress = new Reporter(progress =>
            {
                display.Report(job, progress);
                if (options.Verbose)
                    epochs.Update(progress.History);
            }),
            Checkpoint = folder is null ? null : folder.Save,
            Pair = folder is null ? null : pairs.Add,
            Preview = truth is null ? null : (progress, answer) => Preview(job, truth, progress, answer),
        };
        using SuperResolution result =
            new SuperResolver(settings, kernel?.Kernel).Run(image, hooks, checkpoint, cancellation);

        Picture output = Picture.FromTensor(result.Output, EnlargedAlpha(picture));
        if (ImageFile.Write(job.Output, output) is { } loss)
            display.Note(loss);
        record = record with
        {
            Status = RunRecord.Finished,
            Output = new ImageRecord(job.Output, output.Height, output.Width, output.Channels, output.Alpha is not null),
            Seconds = new SecondsRecord(
                result.Stages.Sum(stage => stage.Training.TotalSeconds), result.Stages.Sum(stage => stage.Enlarging.TotalSeconds),
                clock.Elapsed.TotalSeconds),
            Stages = [.. result.Stages.Select(Describe)],
            Quality = truth?.Judge(result.Output),
        };
        if (folder is not null)
            Leave(folder, job, pairs, result, output, Picture.FromTensor(bicubic, output.Alpha), truth, record);
        return record;
    }

    /// <summary>Writes everything about a finished run; its record last, as the sign that the rest is there.</summary>
    private void Leave(
        RunFolder folder, UpscaleJob job, PairGallery pairs, SuperResolution result, Picture output, Picture bicubic,
        GroundTruth? truth, RunRecord record)
    {
        folder.Save("output" + Path.GetExtension(job.Output), output);
        List<(Picture, string)> pictures = [(bicubic, "bicubic"), (output, $"zssr, {settings.Preset}")];
        if (truth is not null)
            pictures.Add((truth.Picture, "ground truth"));
        folder.Save("comparison.png", Comparison.Of(pictures, output));
        if (pairs.Draw() is { } drawn)
            folder.Save("pairs.png", drawn);
        string title = $"{Path.GetFileName(job.Input)}, preset {settings.Preset}, scale {string.Join(',', settings.Scales)}, seed {settings.Seed}";
        folder.SaveLosses(title, result.Histories);
        folder.Save(record);
    }

    private void Preview(UpscaleJob job, GroundTruth truth, RunProgress progress, Tensor answer)
    {
        if (progress.Stage == progress.Stages.Count - 1)
            display.Note($"{job.Input}: after {progress.Done} iterations plain output {ProgressText.Describe(truth.Judge(answer))}");
    }

    /// <summary>The whole scale of the run.</summary>
    private Scale Total => settings.Scales.Aggregate(Scale.One, (product, scale) => product * scale);

    /// <summary>As published figures do, the border of as many pixels as the scale does not count.</summary>
    private int Shave => (int)Math.Ceiling(Math.Max(Total.Vertical, Total.Horizontal));

    private Tensor Bicubic(Tensor image)
    {
        (int height, int width) = ScaleSchedule.SizeAt(image.Shape[1], image.Shape[2], Total);
        using Tensor enlarged = Resize.ImResize(image, Total.Vertical, Total.Horizontal, height, width);
        return Elementwise.Clamp(enlarged, 0, 1);
    }

    private float[]? EnlargedAlpha(Picture picture)
    {
        if (picture.Alpha is null)
            return null;
        using Tensor alpha = Tensor.From(device, [1, picture.Height, picture.Width, 1], picture.Alpha);
        using Tensor enlarged = Bicubic(alpha);
        return enlarged.ToArray();
    }

    private RunRecord NewRecord(UpscaleJob job, Picture picture, RunIdentity identity, TrainingCheckpoint? checkpoint) => new()
    {
        Status = RunRecord.Running,
        Input = new ImageRecord(job.Input, picture.Height, picture.Width, picture.Channels, picture.Alpha is not null),
        Settings = System.Text.Json.JsonDocument.Parse(settings.ToJson()).RootElement,
        Kernel = kernel?.Name,
        Seed = settings.Seed,
        Device = RunEnvironment.Of(device),
        Versions = RunEnvironment.Versions,
        InputSha256 = identity.Input,
        SettingsSha256 = identity.Settings,
        Started = DateTimeOffset.Now,
        ResumedAt = checkpoint?.Histories[^1].Losses.Count,
    };

    private static StageRecord Describe(StageReport report)
    {
        TrainingHistory history = report.History;
        return new StageRecord(
            report.Stage.FromInput.ToString(),
            history.Losses.Count,
            history.Losses.Count > 0 ? ProgressText.RecentLoss(history) : null,
            history.ReconstructionErrors.Count > 0 ? history.ReconstructionErrors[^1].Psnr : null,
            Math.Max(history.Rates.Count - 1, 0));
    }

    private static void MakeFolderOf(string output)
    {
        string? folder = Path.GetDirectoryName(output);
        if (string.IsNullOrEmpty(folder))
            return;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FileException(output, $"cannot make the folder {folder}: {failure.Message}", failure);
        }
    }

    /// <summary>The failure that led here matters more than one in writing about it.</summary>
    private static void SaveQuietly(RunFolder? folder, RunRecord record)
    {
        try
        {
            folder?.Save(record);
        }
        catch (FileException)
        {
        }
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, it reports on the thread that runs.</summary>
    private sealed class Reporter(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}

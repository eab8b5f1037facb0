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
    private const long WorthCollecting = 128L << 20;

    private readonly BicubicEnlargement _bicubic = new(settings);
    private readonly RunRecords _records = new(device, settings, kernel?.Name);

    /// <summary>The last state of the run that was begun last, if it was to be kept and there is one.</summary>
    public TrainingCheckpoint? LastCheckpoint { get; private set; }

    /// <summary>Enlarges one image. Whatever fails leaves its record in the run folder and goes on to the caller.</summary>
    /// <returns>False where there was nothing to do: it was finished already.</returns>
    public bool Run(UpscaleJob job) => Run(job, isBegun: false, begun: null);

    /// <summary>Finishes an image that another device has begun and could not finish.</summary>
    /// <param name="job">The image.</param>
    /// <param name="checkpoint">How far the other came; null where it has to begin anew.</param>
    public void GoOn(UpscaleJob job, TrainingCheckpoint? checkpoint) => Run(job, isBegun: true, checkpoint);

    private bool Run(UpscaleJob job, bool isBegun, TrainingCheckpoint? begun)
    {
        cancellation.ThrowIfCancellationRequested();
        LastCheckpoint = begun;
        using Tensor image = ReadInput(job, out PictureFrame picture);
        ReleaseMemory();
        RunIdentity identity = RunIdentity.Of(image, settings, kernel?.Kernel);
        RunFolder? folder = job.RunFolder is null ? null : new RunFolder(job.RunFolder);
        EarlierRun? earlier = options.Resume ? folder?.ReadEarlier(identity, job.Output) : null;
        if (File.Exists(job.Output) && !isBegun)
        {
            if (earlier is { IsFinished: true })
            {
                display.Skipped(job);
                return false;
            }

            // A process may have been killed between writing the output and its record; any other output is not this run's to replace.
            if (earlier is null && !options.Force)
                throw new FileException(job.Output, $"{job.Output} exists, and is of no such run. Use --force to replace it.");
        }

        MakeFolderOf(job.Output);
        ImageFile.CheckWritable(job.Output);
        TrainingCheckpoint? checkpoint = begun ?? (options.Resume && !isBegun ? folder?.ReadCheckpoint(identity) : null);
        if (checkpoint is null)
            folder?.StartAnew();
        RunRecord record = _records.Begin(job, picture, identity, checkpoint);
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
        return true;
    }

    private Tensor ReadInput(UpscaleJob job, out PictureFrame frame)
    {
        Picture picture = ImageFile.Read(job.Input, options.MaxPixels);
        RequireSize(job, picture);
        frame = picture.Frame;
        return Transparency.FillInvisible(picture).ToTensor(device);
    }

    private RunRecord Complete(
        UpscaleJob job, PictureFrame picture, Tensor image, RunFolder? folder, TrainingCheckpoint? checkpoint, RunRecord record)
    {
        var clock = Stopwatch.StartNew();
        using GroundTruth? truth = job.GroundTruth is null ? null : ReadGroundTruth(job.GroundTruth, image);
        var pairs = new PairGallery(settings.Peak);
        using SuperResolution result =
            new SuperResolver(settings, kernel?.Kernel).Run(image, Hooks(job, folder, checkpoint, truth, pairs), checkpoint, cancellation);

        ReleaseMemory();
        Picture output = Picture.FromTensor(result.Output, EnlargedAlpha(picture)).WithMetadataOf(picture);
        QualityRecord? quality = truth?.Judge(result.Output);
        // A large result would be there twice while it is written.
        result.Dispose();
        ReleaseMemory();
        if (ImageFile.Write(job.Output, output) is { } loss)
            display.Note(loss);
        record = record with
        {
            Status = RunRecord.Finished,
            Seconds = new SecondsRecord(
                result.Stages.Sum(stage => stage.Training.TotalSeconds), result.Stages.Sum(stage => stage.Enlarging.TotalSeconds),
                clock.Elapsed.TotalSeconds),
            Stages = _records.Stages(result.Histories),
            Quality = quality,
        };
        if (folder is not null)
            Leave(folder, job, pairs, result, output, Bicubic(image, output.Alpha), truth, record);
        return record;
    }

    private GroundTruth ReadGroundTruth(string path, Tensor image)
    {
        using Tensor bicubic = _bicubic.Apply(image);
        return GroundTruth.Read(path, device, bicubic, _bicubic.Shave, options.MaxPixels);
    }

    private Picture Bicubic(Tensor image, float[]? alpha)
    {
        using Tensor bicubic = _bicubic.Apply(image);
        return Picture.FromTensor(bicubic, alpha);
    }

    private RunHooks Hooks(UpscaleJob job, RunFolder? folder, TrainingCheckpoint? checkpoint, GroundTruth? truth, PairGallery pairs)
    {
        var mishaps = new MishapLog(display.Note);
        var epochs = new EpochLog(display.Note, checkpoint?.Histories[^1].Losses.Count ?? 0);
        return new RunHooks
        {
            TileSide = options.TileSide,
            Note = line => display.Note($"{job.Input}: {line}"),
            Progress = new Reporter<RunProgress>(progress =>
            {
                mishaps.Update(job.Input, progress);
                display.Report(job, progress);
                if (options.Verbose)
                    epochs.Update(progress);
            }),
            Checkpoint = folder is null && !options.KeepsCheckpoint ? null : state =>
            {
                if (options.KeepsCheckpoint)
                    LastCheckpoint = state;
                folder?.Save(state, pairs, hasEnded: state.OptimizerSteps == settings.Training.Iterations);
            },
            CheckpointInterval = options.CheckpointInterval,
            Pair = folder is null ? null : pair =>
            {
                if (pairs.IsFull)
                    return;
                pairs.Add(pair);
                if (pairs.IsFull)
                    folder.SavePairs(pairs);
            },
            Preview = truth is null ? null : (progress, answer) =>
            {
                // Earlier stages' results are smaller than the ground truth.
                if (progress.Stage == progress.Stages.Count - 1)
                    display.Judged(job, progress, truth.Judge(answer));
            },
        };
    }

    /// <summary>Writes everything about a finished run; its record last, as the sign that the rest is there.</summary>
    private void Leave(
        RunFolder folder, UpscaleJob job, PairGallery pairs, SuperResolution result, Picture output, Picture bicubic,
        GroundTruth? truth, RunRecord record)
    {
        folder.SaveOutput(job.Output, output);
        List<(Picture, string)> pictures = [(bicubic, "bicubic"), (output, $"zssr, {settings.Preset}")];
        if (truth is not null)
            pictures.Add((truth.Picture, "ground truth"));
        folder.SaveComparison(Comparison.Of(pictures, output));
        folder.SavePairs(pairs);
        string scales = string.Join(',', settings.Scales);
        string title = $"{Path.GetFileName(job.Input)}, preset {settings.Preset}, scale {scales}, seed {settings.Seed}";
        folder.SaveLosses(title, result.Histories);
        folder.Save(record);
    }

    /// <summary>Large images leave memory behind that nobody needs, and that would stay beside the next step's.</summary>
    private void ReleaseMemory()
    {
        device.TrimMemory();
        if (GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private float[]? EnlargedAlpha(PictureFrame picture)
    {
        if (picture.Alpha is null)
            return null;
        using Tensor alpha = Tensor.From(device, [1, picture.Height, picture.Width, 1], picture.Alpha);
        using Tensor enlarged = _bicubic.Apply(alpha);
        return enlarged.ToArray();
    }

    private static void RequireSize(UpscaleJob job, Picture picture)
    {
        if (Math.Min(picture.Width, picture.Height) < SuperResolver.SmallestSide)
        {
            throw new ImageFileException(
                job.Input,
                $"{job.Input} is {picture.Width} x {picture.Height} pixels; there is something to learn from "
                + $"{SuperResolver.SmallestSide} x {SuperResolver.SmallestSide} on.");
        }
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
}

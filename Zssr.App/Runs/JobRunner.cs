using Zssr.App.Display;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>
/// Does jobs on one device, each from the file to the file: finds out what is left to do, and leaves that to a <see cref="JobRun"/>.
/// </summary>
/// <param name="device">Where it is computed.</param>
/// <param name="settings">How, as far as it is the same for all.</param>
/// <param name="kernel">The camera's blur, with the name that the user gave for it, if it is known.</param>
/// <param name="display">Shows how it goes.</param>
/// <param name="options">What is not about the result.</param>
/// <param name="cancellation">Stops a run after a last checkpoint.</param>
internal sealed class JobRunner(
    Device device, ZssrSettings settings, (BlurKernel Kernel, string Name)? kernel, RunDisplay display, RunnerOptions options,
    CancellationToken cancellation)
{
    private readonly DamageLook _look = new(settings, options.SuggestsPhoto, display);
    private readonly PlacementLook _placement = new(kernel?.Kernel, display);

    /// <summary>The last state of the run that was begun last, if it was to be kept and there is one.</summary>
    public TrainingCheckpoint? LastCheckpoint { get; private set; }

    /// <summary>Enlarges one image. Whatever fails leaves its record in the run folder and goes on to the caller.</summary>
    /// <param name="job">The image.</param>
    /// <param name="isBegun">Whether another device has begun it, and could not finish it.</param>
    /// <param name="begun">How far the other came; null where it has to begin again.</param>
    /// <returns>False where there was nothing to do: it was finished already.</returns>
    public bool Run(UpscaleJob job, bool isBegun = false, TrainingCheckpoint? begun = null)
    {
        cancellation.ThrowIfCancellationRequested();
        LastCheckpoint = begun;
        using Tensor image = ReadInput(job, out PictureFrame picture);
        SpareMemory.Release(device);
        (ZssrSettings found, DamageRecord? damage) = _look.Of(job, image, picture.Compression);
        ZssrSettings settled = _placement.Of(found, job, image, options.MaxPixels);
        RunIdentity identity = RunIdentity.Of(image, settled, kernel?.Kernel);
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
                throw new FileException(job.Output, $"{job.Output} exists, but was not made by such a run. Use --force to replace it.");
        }

        if (Path.GetDirectoryName(job.Output) is { Length: > 0 } place)
            Folder.Make(place);
        ImageFile.CheckWritable(job.Output);
        TrainingCheckpoint? checkpoint = begun ?? (options.Resume && !isBegun ? folder?.ReadCheckpoint(identity) : null);
        if (begun is null && checkpoint is { HasChecksum: false })
            display.Note($"{folder!.CheckpointPath}: {RunFolder.NoChecksum}");
        if (checkpoint is null)
            folder?.StartAnew([job.Input, job.Output, .. options.Kept]);
        RunRecord record = new RunRecords(device, settled, kernel?.Name).Begin(job, picture, identity, checkpoint) with { Damage = damage };
        folder?.Save(record);
        display.Begin(job);
        try
        {
            record = RunOf(job, folder, settled).Complete(picture, image, checkpoint, record, cancellation);
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

    private JobRun RunOf(UpscaleJob job, RunFolder? folder, ZssrSettings settled) => new(
        job, folder, device, settled, kernel?.Kernel, display, options,
        keep: options.KeepsCheckpoint ? state => LastCheckpoint = state : null);

    private Tensor ReadInput(UpscaleJob job, out PictureFrame frame)
    {
        Picture picture = ImageFile.Read(job.Input, options.MaxPixels);
        RequireSize(job, picture);
        frame = picture.Frame;
        return Transparency.FillInvisible(picture).ToTensor(device);
    }

    private static void RequireSize(UpscaleJob job, Picture picture)
    {
        if (Math.Min(picture.Width, picture.Height) < SuperResolver.SmallestSide)
        {
            throw new ImageFileException(
                job.Input,
                $"{job.Input} is {picture.Width} x {picture.Height} pixels; the network needs at least "
                + $"{SuperResolver.SmallestSide} x {SuperResolver.SmallestSide} to learn from.");
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

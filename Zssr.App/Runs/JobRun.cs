using System.Diagnostics;
using Zssr.App.Display;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.App.Reports;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>One job at work: from the picture in memory to the written result, and everything that is left beside it.</summary>
/// <param name="job">Which files it is about.</param>
/// <param name="folder">Takes the records; null where none are asked for.</param>
/// <param name="device">Where it is computed.</param>
/// <param name="settings">How.</param>
/// <param name="kernel">The camera's blur, if it is known.</param>
/// <param name="display">Shows how it goes.</param>
/// <param name="options">What is not about the result.</param>
/// <param name="keep">Takes each checkpoint; null where nobody asks for them.</param>
internal sealed class JobRun(
    UpscaleJob job, RunFolder? folder, Device device, ZssrSettings settings, BlurKernel? kernel, RunDisplay display,
    RunnerOptions options, Action<TrainingCheckpoint>? keep)
{
    private readonly BicubicEnlargement _bicubic = new(settings);

    private readonly PairGallery _pairs = new(settings.Peak);

    /// <summary>Trains, enlarges and writes.</summary>
    /// <param name="picture">What of the picture is not in the image.</param>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <param name="checkpoint">Where an earlier process left off, or null.</param>
    /// <param name="record">What is known of the run before it.</param>
    /// <param name="cancellation">Stops it after a last checkpoint.</param>
    /// <returns>The record of the finished run.</returns>
    public RunRecord Complete(
        PictureFrame picture, Tensor image, TrainingCheckpoint? checkpoint, RunRecord record, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using GroundTruth? truth = job.GroundTruth is null ? null : ReadGroundTruth(job.GroundTruth, image);
        if (truth?.Note is { } note)
            display.Note(note);
        using SuperResolutionResult result =
            new SuperResolver(settings, kernel).Run(image, Hooks(checkpoint, truth), checkpoint, cancellation);

        SpareMemory.Release(device);
        Picture output = Picture.FromTensor(result.Output, EnlargedAlpha(picture)).WithMetadataOf(picture);
        QualityRecord? quality = truth?.Judge(result.Output);
        // A large result would be there twice while it is written.
        result.Dispose();
        SpareMemory.Release(device);
        if (ImageFile.Write(job.Output, output, options.Writing) is { } loss)
            display.Note(loss);
        record = record with
        {
            Status = RunRecord.Finished,
            Seconds = new SecondsRecord(
                result.Stages.Sum(stage => stage.Training.TotalSeconds), result.Stages.Sum(stage => stage.Enlarging.TotalSeconds),
                clock.Elapsed.TotalSeconds),
            Stages = RunRecords.Stages(settings, result.Histories),
            Quality = quality,
        };
        if (folder is not null)
            Leave(folder, result, output, Bicubic(image, output.Alpha), truth, record);
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

    private RunHooks Hooks(TrainingCheckpoint? checkpoint, GroundTruth? truth)
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
            Checkpoint = folder is null && keep is null ? null : state =>
            {
                keep?.Invoke(state);
                folder?.Save(state, _pairs, hasEnded: state.OptimizerSteps == settings.Training.Iterations);
            },
            CheckpointInterval = options.CheckpointInterval,
            Pair = folder is null ? null : pair =>
            {
                if (_pairs.IsFull)
                    return;
                _pairs.Add(pair);
                if (_pairs.IsFull)
                    folder.SavePairs(_pairs);
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
        RunFolder place, SuperResolutionResult result, Picture output, Picture bicubic, GroundTruth? truth, RunRecord record)
    {
        place.SaveOutput(job.Output, output, options.Writing);
        List<(Picture, string)> pictures = [(bicubic, "bicubic"), (output, $"zssr, {settings.Preset}")];
        if (truth is not null)
            pictures.Add((truth.Picture, "ground truth"));
        place.SaveComparison(Comparison.Of(pictures, output));
        place.SavePairs(_pairs);
        string scales = string.Join(',', settings.Scales);
        string title = $"{Path.GetFileName(job.Input)}, preset {settings.Preset}, scale {scales}, seed {settings.Seed}";
        place.SaveLosses(title, result.Histories);
        place.Save(record);
    }

    private float[]? EnlargedAlpha(PictureFrame picture)
    {
        if (picture.Alpha is null)
            return null;
        using Tensor alpha = Tensor.From(device, [1, picture.Height, picture.Width, 1], picture.Alpha);
        using Tensor enlarged = _bicubic.Apply(alpha);
        return enlarged.ToArray();
    }
}

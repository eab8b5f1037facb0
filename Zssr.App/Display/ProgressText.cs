using System.Globalization;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Progress and results in words.</summary>
internal static class ProgressText
{
    private const int MostNames = 10;

    /// <summary>Such as <c>iteration 350 of 600, loss 0.0123, rate 0.0012, reconstruction 31.20 dB</c>.</summary>
    public static string Describe(RunProgress progress) =>
        Figures(progress) is { Length: > 0 } figures ? $"{Position(progress)}, {figures}" : Position(progress);

    /// <summary>Where a run stands, such as <c>scale 1.5 (2 of 6), iteration 350 of 600</c>.</summary>
    public static string Position(RunProgress progress)
    {
        string stage = progress.Stages.Count > 1
            ? $"scale {progress.Stages[progress.Stage].FromInput} ({progress.Stage + 1} of {progress.Stages.Count}), " : "";
        return progress.Phase == RunPhase.Enlarging
            ? $"{stage}enlarging, copy {progress.Done} of {progress.Total}"
            : $"{stage}iteration {progress.Done} of {progress.Total}";
    }

    /// <summary>The same in few letters, such as <c>scale 1.5 (2/6), iteration 350/600</c>.</summary>
    public static string ShortPosition(RunProgress progress)
    {
        string stage = progress.Stages.Count > 1
            ? $"scale {progress.Stages[progress.Stage].FromInput} ({progress.Stage + 1}/{progress.Stages.Count}), " : "";
        return $"{stage}{(progress.Phase == RunPhase.Enlarging ? "enlarging" : "iteration")} {progress.Done}/{progress.Total}";
    }

    /// <summary>How training goes, such as <c>loss 0.0123, rate 0.0012, reconstruction 31.20 dB</c>; empty where it does not.</summary>
    public static string Figures(RunProgress progress)
    {
        TrainingHistory history = progress.History;
        if (progress.Phase == RunPhase.Enlarging || history.Losses.Count == 0)
            return "";
        string reconstruction = history.ReconstructionErrors.Count > 0
            ? $", reconstruction {Number(history.ReconstructionErrors[^1].Psnr, "F2")} dB" : "";
        return $"loss {Number(RecentLoss(history), "G4")}, rate {Number(history.LearningRate, "G3")}{reconstruction}";
    }

    /// <summary>Such as <c>PSNR 32.45 dB, SSIM 0.9601 (bicubic: 27.43 dB, 0.9150)</c>.</summary>
    public static string Describe(QualityRecord quality) =>
        $"PSNR {Number(quality.Psnr, "F2")} dB, SSIM {Number(quality.Ssim, "F4")} "
        + $"(bicubic: {Number(quality.BicubicPsnr, "F2")} dB, {Number(quality.BicubicSsim, "F4")})";

    /// <summary>Such as <c>45 s</c> or <c>3 min 20 s</c>.</summary>
    public static string Describe(TimeSpan time)
    {
        int seconds = (int)Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            < 100 => $"{seconds} s",
            < 6000 => $"{seconds / 60} min {seconds % 60} s",
            _ => $"{seconds / 3600} h {seconds / 60 % 60} min",
        };
    }

    /// <summary>What a finished run has made, such as <c>large.png: 512 x 512, 45 s</c>, and how good it is where that is known.</summary>
    public static string Done(RunRecord record) =>
        $"{record.Output.Path}: {record.Output.Width} x {record.Output.Height}, "
        + Describe(TimeSpan.FromSeconds(record.Seconds?.Total ?? 0))
        + (record.Quality is null ? "" : $", {Describe(record.Quality)}");

    /// <summary>What an interrupted run has left, in one line.</summary>
    public static string Interrupted(UpscaleJob job)
    {
        if (job.RunFolder is null)
            return OneLine.Of($"zssr: interrupted; {job.Output} was not written.");
        return OneLine.Of(File.Exists(RunFolder.CheckpointIn(job.RunFolder))
            ? $"zssr: interrupted; the checkpoint is in {job.RunFolder}. The same command with --resume continues from it."
            : $"zssr: interrupted; the training of {job.Input} had hardly begun. The same command with --resume does what is missing.");
    }

    /// <summary>Such as <c>2 of 5 images failed: a.png, b.png.</c>; in one line.</summary>
    public static string Failures(QueueSummary summary)
    {
        string more = summary.Failed.Count > MostNames ? $" and {summary.Failed.Count - MostNames} more" : "";
        return OneLine.Of(
            $"{summary.Failed.Count} of {summary.Images} images failed: "
            + $"{string.Join(", ", summary.Failed.Take(MostNames).Select(job => job.Input))}{more}.");
    }

    /// <summary>The mean of the last losses: single ones jump from crop to crop.</summary>
    public static double RecentLoss(TrainingHistory history) => history.Losses.TakeLast(20).DefaultIfEmpty(double.NaN).Average();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

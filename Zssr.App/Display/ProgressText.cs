using System.Globalization;
using Zssr.App.Runs;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Progress and results in words.</summary>
internal static class ProgressText
{
    /// <summary>Such as <c>iteration 350 of 600, loss 0.0123, rate 0.0012, reconstruction 31.20 dB</c>.</summary>
    public static string Describe(RunProgress progress)
    {
        string stage = progress.Stages.Count > 1
            ? $"scale {progress.Stages[progress.Stage].FromInput} ({progress.Stage + 1} of {progress.Stages.Count}), " : "";
        if (progress.Phase == RunPhase.Enlarging)
            return $"{stage}enlarging, copy {progress.Done} of {progress.Total}";
        TrainingHistory history = progress.History;
        string loss = history.Losses.Count > 0 ? $", loss {Number(RecentLoss(history), "G4")}, rate {Number(history.LearningRate, "G3")}" : "";
        string reconstruction = history.ReconstructionErrors.Count > 0
            ? $", reconstruction {Number(history.ReconstructionErrors[^1].Psnr, "F2")} dB" : "";
        return $"{stage}iteration {progress.Done} of {progress.Total}{loss}{reconstruction}";
    }

    /// <summary>Such as <c>PSNR 32.45 dB, SSIM 0.9601 (bicubic: 27.43 dB, 0.9150)</c>.</summary>
    public static string Describe(QualityRecord quality) =>
        $"PSNR {Number(quality.Psnr, "F2")} dB, SSIM {Number(quality.Ssim, "F4")} "
        + $"(bicubic: {Number(quality.BicubicPsnr, "F2")} dB, {Number(quality.BicubicSsim, "F4")})";

    /// <summary>Such as <c>45 s</c> or <c>3 min 20 s</c>.</summary>
    public static string Describe(TimeSpan time)
    {
        int seconds = (int)Math.Ceiling(time.TotalSeconds);
        return seconds < 100 ? $"{seconds} s" : seconds < 6000 ? $"{seconds / 60} min {seconds % 60} s" : $"{seconds / 3600} h {seconds / 60 % 60} min";
    }

    /// <summary>The mean of the last losses: single ones jump from crop to crop.</summary>
    public static double RecentLoss(TrainingHistory history) => history.Losses.TakeLast(20).DefaultIfEmpty(double.NaN).Average();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

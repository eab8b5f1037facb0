using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.App.Records;

/// <summary>How near one method came to one image.</summary>
/// <param name="Image">The image's name.</param>
/// <param name="Method">The preset, or how else it was enlarged.</param>
/// <param name="Seed">Which random numbers; null for methods without any.</param>
/// <param name="Scale">By how much.</param>
/// <param name="Psnr">Of the luma, in dB, without a border of <paramref name="Scale"/> pixels.</param>
/// <param name="Ssim">Of the luma, without that border.</param>
/// <param name="Seconds">Training and enlarging.</param>
/// <param name="Iterations">Of all trainings together.</param>
internal sealed record EvaluationResult(
    string Image, string Method, ulong? Seed, int Scale, double Psnr, double Ssim, double Seconds, int Iterations)
{
    private static readonly JsonSerializerOptions Json =
        new(RunRecord.Json(indented: false)) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>One JSON object, on one line; the PSNR of equal images is null in it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>One line for the user.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Image} x{Scale}, {Method}{(Seed is null ? "" : $", seed {Seed}")}: PSNR {Psnr:F2} dB, SSIM {Ssim:F4}, {Seconds:F1} s");
}

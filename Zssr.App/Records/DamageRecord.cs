using Zssr.Nn;

namespace Zssr.App.Records;

/// <summary>What a picture was found to have come with.</summary>
/// <param name="Description">In words.</param>
/// <param name="Noise">The standard deviation of each channel's noise in middle gray, with values 0…1; null for none.</param>
/// <param name="JpegQuality">The quality that its JPEG compression comes nearest to; null for none.</param>
/// <param name="JpegSource">How that was found.</param>
/// <param name="JpegError">The root mean square of what the compression is estimated to have changed, with values 0…1.</param>
internal sealed record DamageRecord(
    string Description, IReadOnlyList<double>? Noise, int? JpegQuality, string? JpegSource, double? JpegError)
{
    /// <summary>The record of a finding.</summary>
    public static DamageRecord Of(DamageFinding found) => new(
        found.Description,
        found.Noise is null ? null : [.. found.Noise.Select(level => level.At(0.5))],
        found.Compression?.NearestQuality,
        found.Compression is null ? null : found.CompressionSource,
        found.Compression is null ? null : found.CompressionError);
}

namespace Zssr.App.Images;

/// <summary>How a picture becomes a file.</summary>
/// <param name="Quality">Of JPEG files, 1…100.</param>
/// <param name="Bits">Of a sample, 8 or 16; null for as many as the picture's own file had. Only PNG files can have 16.</param>
internal sealed record WritingOptions(int Quality = WritingOptions.StandardQuality, int? Bits = null)
{
    /// <summary>High enough that the enlarged image shows no blocks; the encoder keeps full colour resolution above 90.</summary>
    public const int StandardQuality = 95;
}

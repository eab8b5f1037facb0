using Zssr.Nn;

namespace Zssr.App.Images.Formats;

/// <summary>What a decoder makes of a file.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Samples">In a pixel: 1 gray; 2 gray, alpha; 3 red, green, blue; 4 the same and alpha.</param>
/// <param name="Values">Height × Width × Samples values, 0…1.</param>
internal sealed record SampleImage(int Height, int Width, int Samples, float[] Values)
{
    /// <summary>An image of zeros.</summary>
    public static SampleImage Blank(int height, int width, int samples) =>
        new(height, width, samples, new float[checked(height * width * samples)]);

    /// <summary>Of a sample in the file: 8, or 16 where there were more.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>How the file is compressed, if it is a JPEG of gray or usual colours; else null.</summary>
    public JpegCompression? Compression { get; init; }

    /// <summary>Whether the last sample of a pixel is its transparency.</summary>
    public bool HasAlpha => Samples is 2 or 4;

    /// <summary>The samples of one pixel.</summary>
    public Span<float> At(int row, int column) => Values.AsSpan((row * Width + column) * Samples, Samples);
}

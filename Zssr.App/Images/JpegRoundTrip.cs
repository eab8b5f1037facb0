using Zssr.App.Images.Formats;

namespace Zssr.App.Images;

/// <summary>What is left of a picture that was a JPEG file once.</summary>
internal static class JpegRoundTrip
{
    /// <summary>The picture written as a JPEG file and read again. Transparency, which such a file has not, stays as it was.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">1…100; up to 90 colours have half the resolution, as in <c>--quality</c>.</param>
    public static Picture Apply(Picture picture, int quality)
    {
        using var file = new MemoryStream();
        var opaque = new Picture(picture.Height, picture.Width, picture.Channels, picture.Color);
        ImageEncoder.Encode(opaque, ImageFormat.Jpeg, file, new WritingOptions(quality));
        file.Position = 0;
        float[] values = ImageReader.Open(ImageFormat.Jpeg, file).Decode().Values;
        return new Picture(picture.Height, picture.Width, picture.Channels, values, picture.Alpha);
    }
}

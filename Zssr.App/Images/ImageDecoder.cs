using System.Runtime.InteropServices;
using StbImageSharp;

namespace Zssr.App.Images;

/// <summary>Calls the decoder, StbImageSharp, which follows the C library stb_image.</summary>
internal static class ImageDecoder
{
    /// <summary>
    /// The samples of an image 0…1, row by row, as stored: gray; gray, alpha; red, green, blue; or red, green, blue, alpha.
    /// Palettes and CMYK become red, green, blue. Orientation and colour profile are ignored.
    /// </summary>
    /// <exception cref="Exception">The file is damaged; of whatever type the decoder runs into.</exception>
    public static (int Height, int Width, int Samples, float[] Values) Decode(byte[] file, ImageFormat format)
    {
        using var stream = new WholeStream(file);
        if (format == ImageFormat.Png && PngChunks.BitDepth(file) == 16)
            return Decode16(stream);
        ImageResult image = ImageResult.FromStream(stream, ColorComponents.Default);
        return (image.Height, image.Width, (int)image.SourceComp, Array.ConvertAll(image.Data, value => value / 255f));
    }

    /// <summary>The decoder's convenient classes offer 8 bits only; its inner ones, public as well, keep all 16.</summary>
    private static unsafe (int Height, int Width, int Samples, float[] Values) Decode16(Stream stream)
    {
        int height, width, samples;
        ushort* decoded = StbImage.stbi__load_and_postprocess_16bit(
            new StbImage.stbi__context(stream), &width, &height, &samples, StbImage.STBI_default);
        if (decoded is null)
            throw new InvalidDataException(StbImage.stbi__g_failure_reason);
        try
        {
            float[] values = new float[checked(height * width * samples)];
            for (int i = 0; i < values.Length; i++)
                values[i] = decoded[i] / 65535f;
            return (height, width, samples, values);
        }
        finally
        {
            Marshal.FreeHGlobal((nint)decoded); // its "malloc" is AllocHGlobal
        }
    }

    /// <summary>
    /// Ends with an error where the data do. The decoder would take what is missing for zeros, for whatever the memory holds,
    /// or wait for it in an endless loop.
    /// </summary>
    private sealed class WholeStream(byte[] file) : MemoryStream(file, writable: false)
    {
        public override int ReadByte()
        {
            int value = base.ReadByte();
            return value >= 0 ? value : throw new EndOfStreamException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is int read && read == count ? read : throw new EndOfStreamException();
    }
}

using StbImageWriteSharp;
using Zssr.App.Images.Formats;

namespace Zssr.App.Images;

/// <summary>Turns pictures into files with 8 bits a sample, by StbImageWriteSharp, which follows the C library stb_image_write.</summary>
internal static class ImageEncoder
{
    /// <summary>High enough that the enlarged image shows no blocks; the encoder keeps full colour resolution above 90.</summary>
    private const int JpegQuality = 95;

    /// <summary>What the encoder begins files with, and metadata go behind or into: signature and header chunk; JPEG's APP0.</summary>
    private const int PngHeadLength = 33, JpegHeadLength = 20;

    /// <summary>Writes a picture: values · 255, rounded to the nearest whole number. JPEG shows transparent pictures on white.</summary>
    /// <returns>What of the picture's metadata the format does not hold, in words.</returns>
    public static IReadOnlyList<string> Encode(Picture picture, ImageFormat format, Stream stream)
    {
        if (picture.Metadata is not { } metadata)
        {
            EncodePixels(picture, format, stream);
            return [];
        }

        List<string> lost = [.. metadata.Lost];
        if (format == ImageFormat.Png)
        {
            byte[] chunks = PngMetadata.Write(metadata, picture.Channels, lost);
            EncodePixels(picture, format, new HeadRewritingStream(stream, PngHeadLength, head => [.. head, .. chunks]));
        }
        else if (format == ImageFormat.Jpeg)
        {
            byte[] head = JpegMetadata.Write(metadata, lost);
            EncodePixels(picture, format, new HeadRewritingStream(stream, JpegHeadLength, _ => head));
        }
        else
        {
            lost.AddRange(metadata.Names);
            EncodePixels(picture, format, stream);
        }

        return lost;
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public static byte[] Png(Picture picture)
    {
        using var stream = new MemoryStream();
        Encode(picture, ImageFormat.Png, stream);
        return stream.ToArray();
    }

    private static void EncodePixels(Picture picture, ImageFormat format, Stream stream)
    {
        // The BMP encoder knows no gray with transparency, only red, green, blue with it.
        bool asColor = picture.Channels == 3 || (format == ImageFormat.Bmp && picture.Alpha is not null);
        bool withAlpha = picture.Alpha is not null && format != ImageFormat.Jpeg;
        byte[] samples = Interleave(picture, asColor ? 3 : 1, withAlpha);
        var components = (asColor, withAlpha) switch
        {
            (false, false) => ColorComponents.Grey,
            (false, true) => ColorComponents.GreyAlpha,
            (true, false) => ColorComponents.RedGreenBlue,
            (true, true) => ColorComponents.RedGreenBlueAlpha,
        };
        var writer = new ImageWriter();
        (int width, int height) = (picture.Width, picture.Height);
        switch (format)
        {
            case ImageFormat.Png: writer.WritePng(samples, width, height, components, stream); break;
            case ImageFormat.Jpeg: writer.WriteJpg(samples, width, height, components, stream, JpegQuality); break;
            case ImageFormat.Bmp: writer.WriteBmp(samples, width, height, components, stream); break;
            case ImageFormat.Tga: writer.WriteTga(samples, width, height, components, stream); break;
            default: throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    private static byte[] Interleave(Picture picture, int channels, bool withAlpha)
    {
        int samples = channels + (withAlpha ? 1 : 0);
        byte[] bytes = new byte[checked(picture.Height * picture.Width * samples)];
        for (int pixel = 0; pixel < picture.Height * picture.Width; pixel++)
        {
            float alpha = picture.Alpha?[pixel] ?? 1;
            for (int c = 0; c < channels; c++)
            {
                float value = picture.Color[pixel * picture.Channels + Math.Min(c, picture.Channels - 1)];
                bytes[pixel * samples + c] = EightBits.From(withAlpha ? value : alpha * value + (1 - alpha));
            }

            if (withAlpha)
                bytes[pixel * samples + channels] = EightBits.From(alpha);
        }

        return bytes;
    }
}

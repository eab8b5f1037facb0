using StbImageWriteSharp;

namespace Zssr.App.Images;

/// <summary>Turns pictures into files with 8 bits a sample, by StbImageWriteSharp, which follows the C library stb_image_write.</summary>
internal static class ImageEncoder
{
    /// <summary>High enough that the enlarged image shows no blocks; the encoder keeps full colour resolution above 90.</summary>
    private const int JpegQuality = 95;

    /// <summary>Writes a picture: values · 255, rounded to the nearest whole number. JPEG shows transparent pictures on white.</summary>
    public static void Encode(Picture picture, ImageFormat format, Stream stream)
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

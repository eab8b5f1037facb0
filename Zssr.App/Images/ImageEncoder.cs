using System.Buffers.Binary;
using StbImageWriteSharp;
using Zssr.App.Images.Formats;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images;

/// <summary>
/// Turns pictures into files: PNG with 8 or 16 bits a sample; JPEG, BMP and TGA with 8, by StbImageWriteSharp, which follows the C library
/// stb_image_write.
/// </summary>
internal static class ImageEncoder
{
    /// <summary>What the encoder begins files with, and metadata go after or into: JPEG's APP0; BMP's headers up to the resolution.</summary>
    private const int JpegHeadLength = 20, BmpHeadLength = BmpMetadata.ResolutionAt + 8;

    /// <summary>
    /// Writes a picture: values · 255 (65535 for 16 bits), rounded to the nearest whole number. JPEG shows transparent pictures on white.
    /// </summary>
    /// <returns>What of the picture's metadata and precision the file does not hold, in words.</returns>
    public static IReadOnlyList<string> Encode(Picture picture, ImageFormat format, Stream stream, WritingOptions? options = null)
    {
        options ??= new WritingOptions();
        ImageMetadata metadata = picture.Metadata ?? new ImageMetadata();
        List<string> lost = [.. metadata.Lost];
        if (picture.Bits == 16 && (format != ImageFormat.Png || options.Bits == 8))
            lost.Add("8 of 16 bits");
        switch (format)
        {
            case ImageFormat.Png:
                EncodePng(picture, metadata, options.Bits ?? picture.Bits, stream, lost);
                break;
            case ImageFormat.Jpeg:
                byte[] head = JpegMetadata.Write(metadata, lost);
                var jpeg = new HeadRewritingStream(stream, JpegHeadLength, written => metadata.HasContent ? head : written);
                EncodePixels(picture, format, jpeg, options.Quality);
                break;
            case ImageFormat.Bmp:
                lost.AddRange(BmpResolutionOf(metadata) is null ? metadata.Names : (metadata with { Resolution = null }).Names);
                EncodePixels(picture, format, new HeadRewritingStream(stream, BmpHeadLength, bmp => WithResolution(bmp, metadata)));
                break;
            default:
                lost.AddRange(metadata.Names);
                EncodePixels(picture, format, stream);
                break;
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

    private static void EncodePng(Picture picture, ImageMetadata metadata, int bits, Stream stream, List<string> lost)
    {
        int samples = picture.Channels + (picture.Alpha is null ? 0 : 1);
        var encoder = new PngEncoder(stream, picture.Width, samples, bits);
        PngMetadata.Write(encoder.Begin(picture.Height), metadata, picture.Channels, lost);
        encoder.End(picture.Height, (row, bytes) =>
        {
            for (int i = 0; i < picture.Width * samples; i++)
            {
                (int pixel, int sample) = (row * picture.Width + i / samples, i % samples);
                float value = sample < picture.Channels ? picture.Color[pixel * picture.Channels + sample] : picture.Alpha![pixel];
                if (bits == 16)
                    BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * i)..], SixteenBits.From(value));
                else
                    bytes[i] = EightBits.From(value);
            }
        });
    }

    /// <summary>Pixels a metre from left to right and from top to bottom; null where it is not known, or no such number.</summary>
    private static (int X, int Y)? BmpResolutionOf(ImageMetadata metadata) =>
        metadata.Resolution is { PerMetre: true, Horizontal: >= 1 and <= int.MaxValue, Vertical: >= 1 and <= int.MaxValue } known
            ? ((int)Math.Round(known.Horizontal), (int)Math.Round(known.Vertical)) : null;

    private static byte[] WithResolution(byte[] head, ImageMetadata metadata)
    {
        if (BmpResolutionOf(metadata) is not var (x, y))
            return head;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(BmpMetadata.ResolutionAt), x);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(BmpMetadata.ResolutionAt + 4), y);
        return head;
    }

    private static void EncodePixels(Picture picture, ImageFormat format, Stream stream, int quality = WritingOptions.StandardQuality)
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
            case ImageFormat.Jpeg: writer.WriteJpg(samples, width, height, components, stream, quality); break;
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

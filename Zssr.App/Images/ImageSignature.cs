using Zssr.App.Images.Formats;

namespace Zssr.App.Images;

/// <summary>Tells image formats by their first bytes; names lie.</summary>
internal static class ImageSignature
{
    /// <summary>Bytes of a file that suffice.</summary>
    public const int Length = TgaHeader.Length;

    /// <summary>The format of a file's content, or null for one that cannot be read.</summary>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', (byte)'*', 0, ..] or [(byte)'M', (byte)'M', 0, (byte)'*', ..] => ImageFormat.Tiff,
        _ when NameOfOther(file) is null && TgaHeader.Fits(file) => ImageFormat.Tga,
        _ => null,
    };

    /// <summary>The name of another well-known format, so that the user learns what the file is; null for none of them.</summary>
    public static string? NameOfOther(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
            return "a GIF image";
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
            return "a WebP image";
        if (file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8))
            return "a BigTIFF image";
        if (file.StartsWith("8BPS"u8))
            return "a Photoshop image";
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
            return file[8..12].SequenceEqual("avif"u8) ? "an AVIF image" : "a HEIC image or a film";
        if (file.StartsWith("%PDF"u8))
            return "a PDF document";
        return file.StartsWith("<?xml"u8) || file.StartsWith("<svg"u8) ? "an SVG image or other XML" : null;
    }

    /// <summary>How to make a file of another format readable.</summary>
    public static string AdviceFor(ReadOnlySpan<byte> file, string path) => NameOfOther(file) == "a WebP image"
        ? $"convert it to PNG, for example with: dwebp {Path.GetFileName(path)} -o {Path.GetFileNameWithoutExtension(path)}.png"
        : "convert it to one of them.";
}

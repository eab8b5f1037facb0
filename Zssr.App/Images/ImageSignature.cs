using System.Buffers.Binary;

namespace Zssr.App.Images;

/// <summary>Tells image formats by their first bytes; names lie.</summary>
internal static class ImageSignature
{
    private const int TgaHeaderLength = 18;

    /// <summary>The format of a file's content, or null for one that cannot be read.</summary>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        _ when NameOfOther(file) is null && IsTga(file) => ImageFormat.Tga,
        _ => null,
    };

    /// <summary>The name of another well-known format, so that the user learns what the file is; null for none of them.</summary>
    public static string? NameOfOther(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
            return "a GIF image";
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
            return "a WebP image";
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return "a TIFF image";
        if (file.StartsWith("8BPS"u8))
            return "a Photoshop image";
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
            return file[8..12].SequenceEqual("avif"u8) ? "an AVIF image" : "a HEIC image or a film";
        if (file.StartsWith("%PDF"u8))
            return "a PDF document";
        return file.StartsWith("<?xml"u8) || file.StartsWith("<svg"u8) ? "an SVG image or other XML" : null;
    }

    /// <summary>TGA files begin with no signature: a header in which every field has one of its few legal values must do.</summary>
    private static bool IsTga(ReadOnlySpan<byte> file)
    {
        if (file.Length < TgaHeaderLength)
            return false;
        (byte mapKind, byte imageKind, byte bits, byte flags) = (file[1], file[2], file[16], file[17]);
        bool kindFits = mapKind switch
        {
            0 => imageKind is 2 or 3 or 10 or 11,
            1 => imageKind is 1 or 9 && file[7] is 15 or 16 or 24 or 32,
            _ => false,
        };
        int width = BinaryPrimitives.ReadUInt16LittleEndian(file[12..]), height = BinaryPrimitives.ReadUInt16LittleEndian(file[14..]);
        return kindFits && bits is 8 or 15 or 16 or 24 or 32 && width > 0 && height > 0 && (flags & 0xC0) == 0;
    }
}

using System.Buffers.Text;
using System.Text;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>The text chunks of a PNG file: a keyword, a zero, and text, which may be compressed (zTXt) or of any language (iTXt).</summary>
/// <remarks>
/// Before PNG had a chunk for EXIF, programs put it into a text whose keyword is "Raw profile type exif" (or APP1): a line with a name, one
/// with the number of bytes, and the bytes in hexadecimal. Source: the PNG specification, section 11.3.3, and ImageMagick's files.
/// </remarks>
internal static class PngText
{
    private const int LongestKeyword = 79;

    /// <summary>Two digits for a byte, line ends, and the head.</summary>
    private const int LongestExif = 2 * ExifBlock.Longest + ExifBlock.Longest / 16 + 100;

    /// <summary>The chunk's keyword; empty where it has none.</summary>
    public static string KeywordOf(PngChunkReader chunk)
    {
        Span<byte> start = stackalloc byte[LongestKeyword + 1];
        int length = start[..chunk.Read(start)].IndexOf((byte)0);
        return length < 0 ? "" : Encoding.Latin1.GetString(start[..length]);
    }

    /// <summary>Whether a chunk of text and keyword holds EXIF.</summary>
    public static bool IsExif(string type, string keyword) =>
        type is "tEXt" or "zTXt" && keyword is "Raw profile type exif" or "Raw profile type APP1";

    /// <summary>What a text is, for the user; null for what programs say of themselves.</summary>
    public static string? NameOf(string keyword) => keyword switch
    {
        "XML:com.adobe.xmp" or "Raw profile type xmp" => "XMP data",
        "Raw profile type iptc" or "Raw profile type 8bim" => "IPTC data",
        "Raw profile type icc" or "Raw profile type icm" => "a colour profile among its texts",
        "Software" or "Creation Time" => null,
        _ when keyword.StartsWith("date:", StringComparison.Ordinal) => null,
        _ => "texts",
    };

    /// <summary>The EXIF of a chunk for which <see cref="IsExif"/>; null where it is damaged.</summary>
    public static byte[]? ExifOf(PngChunkReader chunk)
    {
        if (chunk.Length > LongestExif || chunk.ReadIntact() is not { } data)
            return null;
        int text = Array.IndexOf(data, (byte)0) + 1;
        byte[]? lines = chunk.Type == "tEXt" ? data[text..]
            : text < data.Length && data[text] == 0 ? PngInflation.Unpack(data, text + 1, LongestExif) : null;
        return lines is null ? null : ParseProfile(lines.AsSpan().TrimStart((byte)'\n'));
    }

    private static byte[]? ParseProfile(ReadOnlySpan<byte> lines)
    {
        lines = lines[(lines.IndexOf((byte)'\n') + 1)..].TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(lines, out int length, out int digits) || length is < 0 or > ExifBlock.Longest)
            return null;
        using var bytes = new MemoryStream();
        int high = -1;
        foreach (byte letter in lines[digits..])
        {
            if (letter is (byte)'\n' or (byte)'\r' or (byte)' ')
                continue;
            if (!char.IsAsciiHexDigit((char)letter))
                return null;
            int digit = letter <= '9' ? letter - '0' : (letter & 15) + 9;
            if (high >= 0)
                bytes.WriteByte((byte)(high << 4 | digit));
            high = high >= 0 ? -1 : digit;
        }

        return high < 0 && bytes.Length == length ? bytes.ToArray() : null;
    }
}

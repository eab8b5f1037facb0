using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Zssr.Nn;

/// <summary>
/// A file's checksum, in its own metadata: <c>content_sha256</c>, the SHA-256 in hexadecimal of the whole file, from the first byte of the
/// header's length to the last element, with 64 zeros in the checksum's own place. Other readers of the format take it for one more text.
/// </summary>
internal static class SafetensorsChecksum
{
    /// <summary>Its name in the metadata.</summary>
    public const string Key = "content_sha256";

    /// <summary>What stands in its place while it is computed.</summary>
    public static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Where the checksum's digits stand in a header as it is written here; −1 where they do not.</summary>
    public static int PlaceIn(ReadOnlySpan<byte> header, string digits)
    {
        string before = $"\"{Key}\":\"";
        int start = header.IndexOf(Encoding.UTF8.GetBytes($"{before}{digits}\""));
        return start < 0 || digits.Length != Blank.Length ? -1 : start + before.Length;
    }

    /// <summary>Begins the sum with length and header, blank where the checksum stands.</summary>
    public static void AppendHeader(IncrementalHash hash, byte[] header, int place)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        hash.AppendData(length);
        hash.AppendData(header.AsSpan(0, place));
        hash.AppendData(Encoding.ASCII.GetBytes(Blank));
        hash.AppendData(header.AsSpan(place + Blank.Length));
    }

    /// <summary>The digits of the finished sum.</summary>
    public static string Digits(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}

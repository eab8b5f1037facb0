using System.Buffers.Binary;

namespace Zssr.App.Images;

/// <summary>
/// Walks over the chunks of a PNG file (length, four letters, data, CRC) and compares their checksums, which the decoder does not:
/// a damaged file must not become a wrong picture.
/// </summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), sections 5.3 and annex D for the CRC.</remarks>
internal static class PngChunks
{
    private const int SignatureLength = 8;
    private const int Overhead = 12; // length, type and CRC

    /// <summary>What is wrong with the file, or null where it is whole.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        for (int at = SignatureLength; ;)
        {
            if (file.Length - at < Overhead)
                return "it ends too early";
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - Overhead)
                return "it ends too early";
            ReadOnlySpan<byte> typeAndData = file.Slice(at + 4, 4 + (int)length);
            if (Crc(typeAndData) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                return $"a checksum is wrong (at byte {at})";
            if (typeAndData[..4].SequenceEqual("IEND"u8))
                return null; // whatever follows is ignored, as everywhere
            at += Overhead + (int)length;
        }
    }

    /// <summary>Bits of each sample, 1 … 16, from the header chunk, which is always the first.</summary>
    public static int BitDepth(ReadOnlySpan<byte> file) => file.Length > 24 ? file[24] : 0;

    /// <summary>The CRC-32 of the polynomial 0xEDB88320 (bits reversed), one table look-up a byte.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(RemainderOf)];

    private static uint RemainderOf(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        return remainder;
    }
}

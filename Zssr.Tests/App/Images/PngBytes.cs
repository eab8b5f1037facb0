using System.Buffers.Binary;
using System.IO.Compression;

namespace Zssr.Tests.App.Images;

/// <summary>Makes PNG files of every kind straight from the specification, for the reader to read. Rows are not filtered.</summary>
internal static class PngBytes
{
    public const byte Gray = 0, Rgb = 2, Palette = 3, GrayAlpha = 4, Rgba = 6;

    /// <summary>A PNG of one row or more.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="colorType">One of the constants.</param>
    /// <param name="rows">The bytes of each row, packed as the specification says.</param>
    /// <param name="chunks">Chunks between header and data, such as PLTE.</param>
    public static byte[] Make(int width, byte bits, byte colorType, byte[][] rows, params (string Type, byte[] Data)[] chunks) =>
        Of(width, rows.Length, bits, colorType, [.. chunks, ("IDAT", Compress(rows.SelectMany(row => (byte[])[0, .. row]).ToArray()))]);

    /// <summary>A PNG with a header that says anything, and any chunks before its end.</summary>
    public static byte[] Of(int width, int height, byte bits, byte colorType, params (string Type, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] data) in chunks)
            WriteChunk(file, type, data);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The data of IDAT.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return compressed.ToArray();
    }

    /// <summary>So many zeros as one stream in zlib's format, for little time: the blocks of a part are repeated.</summary>
    /// <param name="parts">Of 2^20 zeros each.</param>
    public static byte[] CompressedZeros(int parts)
    {
        const int Zeros = 1 << 20, Modulus = 65521;
        using var blocks = new MemoryStream();
        using var deflate = new DeflateStream(blocks, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(new byte[Zeros]);
        deflate.Flush(); // up to a whole byte, without the mark of the end
        byte[] part = blocks.ToArray();

        using var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        for (int i = 0; i < parts; i++)
            stream.Write(part);
        stream.Write([0x01, 0x00, 0x00, 0xFF, 0xFF]); // the last block, which is empty
        byte[] adler = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(adler, ((uint)((long)parts * Zeros % Modulus) << 16) | 1);
        stream.Write(adler);
        return stream.ToArray();
    }

    /// <summary>Puts right the checksums of a file that was changed, as far as its chunks can be followed.</summary>
    public static void RestoreChecksums(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
                return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc(file[(at + 4)..(at + 8 + (int)length)]));
            at += 12 + (int)length;
        }
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        byte[] typeAndData = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(typeAndData);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typeAndData));
        file.Write(number);
    }

    /// <summary>The CRC bit by bit, as the specification defines it.</summary>
    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(value >> bit)) & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}

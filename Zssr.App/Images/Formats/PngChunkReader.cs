using System.Buffers.Binary;
using System.Text;

namespace Zssr.App.Images.Formats;

/// <summary>Walks over the chunks of a PNG file: length, four letters, data, CRC.</summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), section 5.3.</remarks>
/// <param name="file">The file; its position is the walker's from here on.</param>
internal sealed class PngChunkReader(Stream file)
{
    private const int SignatureLength = 8;
    private const int Overhead = 12; // length, type and CRC

    private long _at, _end = SignatureLength - 4; // of the chunk's beginning, of its data's end

    /// <summary>The four letters of the chunk; empty before the first.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Bytes of its data, which fit into the file.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a reader that does not know it may leave it out: its first letter is small.</summary>
    public bool IsAncillary => char.IsAsciiLetterLower(Type[0]);

    /// <summary>Goes to the next chunk; false behind the last, IEND. Whatever follows that is ignored, as everywhere.</summary>
    public bool Next()
    {
        if (Type == "IEND")
            return false;
        _at = _end + 4;
        if (file.Length - _at < Overhead)
            throw new EndOfStreamException();
        file.Position = _at;
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        Length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (Length > file.Length - _at - Overhead)
            throw new EndOfStreamException();
        Type = Encoding.ASCII.GetString(head[4..]);
        _end = _at + 8 + Length;
        return true;
    }

    /// <summary>Goes to the next chunk of a kind.</summary>
    public bool Next(string type)
    {
        while (Next())
        {
            if (Type == type)
                return true;
        }

        return false;
    }

    /// <summary>The next bytes of the chunk's data; 0 at their end.</summary>
    public int Read(Span<byte> buffer) => file.Read(buffer[..(int)Math.Min(buffer.Length, _end - file.Position)]);

    /// <summary>The data as a whole. Look at <see cref="Length"/> before.</summary>
    public byte[] ReadAll()
    {
        byte[] data = new byte[Length];
        file.ReadExactly(data);
        return data;
    }

    /// <summary>Compares the chunk with its checksum: a damaged file must not become a wrong picture.</summary>
    public void RequireChecksum(byte[] buffer)
    {
        var crc = new PngCrc();
        crc.Add(Encoding.ASCII.GetBytes(Type));
        for (int read; (read = Read(buffer)) > 0;)
            crc.Add(buffer.AsSpan(0, read));
        Span<byte> expected = stackalloc byte[4];
        file.ReadExactly(expected);
        if (crc.Value != BinaryPrimitives.ReadUInt32BigEndian(expected))
            throw new InvalidDataException($"a checksum is wrong (at byte {_at})");
    }
}

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

    /// <summary>Chunks of any size; beyond them there may be one more for each KiB of the file.</summary>
    private const int MostSmall = 100_000;

    private readonly long _length = file.Length, _most = MostSmall + file.Length / 1024;
    private readonly byte[] _type = new byte[4];
    private long _count, _at, _end = SignatureLength - 4; // of chunks; of the chunk's beginning, of its data's end

    /// <summary>The four letters of the chunk; empty before the first.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Bytes of its data, which fit into the file.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a reader that does not know it may leave it out: its first letter is small.</summary>
    public bool IsAncillary => char.IsAsciiLetterLower(Type[0]);

    /// <summary>Goes to the next chunk; false after the last, IEND. Whatever follows that is ignored, as everywhere.</summary>
    /// <exception cref="InvalidDataException">There are far more than such a file needs.</exception>
    public bool Next()
    {
        if (Type == "IEND")
            return false;
        if (++_count > _most)
            throw new InvalidDataException($"it has more than {_most} parts");
        _at = _end + 4;
        if (_length - _at < Overhead)
            throw new EndOfStreamException();
        file.Position = _at;
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        Length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (Length > _length - _at - Overhead)
            throw new EndOfStreamException();
        if (_count == 1 || !head[4..].SequenceEqual(_type)) // the pixels are thousands of chunks of one type
        {
            head[4..].CopyTo(_type);
            Type = Encoding.ASCII.GetString(_type);
        }

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
        file.Position = _at + 8;
        file.ReadExactly(data);
        return data;
    }

    /// <summary>The same; null where the checksum is another, which must not become a wrong picture.</summary>
    public byte[]? ReadIntact()
    {
        byte[] data = ReadAll();
        PngCrc crc = Begin();
        crc.Add(data);
        return crc.Value == ReadChecksum() ? data : null;
    }

    /// <summary>Whether the chunk has its checksum; the buffer is to be used on the way.</summary>
    public bool IsIntact(byte[] buffer)
    {
        PngCrc crc = Begin();
        for (int read; (read = Read(buffer)) > 0;)
            crc.Add(buffer.AsSpan(0, read));
        return crc.Value == ReadChecksum();
    }

    /// <summary>The failure of a chunk that is not intact and cannot be left out.</summary>
    public InvalidDataException WrongChecksum() => new($"a checksum is wrong (at byte {_at})");

    private PngCrc Begin()
    {
        var crc = new PngCrc();
        crc.Add(_type);
        return crc;
    }

    private uint ReadChecksum()
    {
        Span<byte> expected = stackalloc byte[4];
        file.Position = _end;
        file.ReadExactly(expected);
        return BinaryPrimitives.ReadUInt32BigEndian(expected);
    }
}

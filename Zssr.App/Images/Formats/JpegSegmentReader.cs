using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>Walks over the segments of a JPEG file: 0xFF, a marker, and for most a length and data.</summary>
/// <remarks>Source: ITU-T T.81, annex B.</remarks>
/// <param name="file">The file; its position is the walker's from here on.</param>
internal sealed class JpegSegmentReader(Stream file)
{
    /// <summary>Markers that mean something here.</summary>
    public const int
        StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, RestartInterval = 0xDD,
        HuffmanTables = 0xC4, QuantisationTables = 0xDB, Comment = 0xFE,
        FirstApplication = 0xE0, LastApplication = 0xEF, Restart0 = 0xD0, Restart7 = 0xD7;

    /// <summary>The first byte of every marker.</summary>
    public const int Prefix = 0xFF;

    /// <summary>Segments of any size; beyond them there may be one more for each KiB of the file.</summary>
    private const int MostSmall = 10_000;

    private readonly long _most = MostSmall + file.Length / 1024, _length = file.Length;
    private long _end; // of the segment
    private int _count;
    private bool _hasScan;

    /// <summary>Stray bytes between the segments so far, which were passed over.</summary>
    public long StrayBytes { get; private set; }

    /// <summary>Whether the file ended after a scan, without the marker of the end.</summary>
    public bool HasNoEnd { get; private set; }

    /// <summary>The second byte of the marker.</summary>
    public int Marker { get; private set; }

    /// <summary>Bytes of data.</summary>
    public int Length { get; private set; }

    /// <summary>Whether it is the header of a frame (SOF): 0xC0…0xCF but the tables DHT and DAC and the extension JPG.</summary>
    public bool IsFrame => Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Goes to the next segment; false at the end of the image.</summary>
    /// <exception cref="InvalidDataException">There are far more segments than such a file needs, or one has no length.</exception>
    public bool Next()
    {
        if (Marker == EndOfImage)
            return false;
        if (++_count > _most)
            throw new InvalidDataException($"it has more than {_most} parts");
        file.Position = _end;
        if (!FindMarker())
            return false;
        Length = Marker is StartOfImage or EndOfImage ? 0 : ReadLength();
        _end = file.Position + Length;
        if (_end > _length)
            throw new EndOfStreamException();
        return true;
    }

    /// <summary>Reads past the next marker, over stray bytes, as other programs do; false where the file ends after the pixels.</summary>
    private bool FindMarker()
    {
        bool isPrefixed = false;
        while (file.ReadByte() is >= 0 and int next)
        {
            if (next != Prefix && next != 0 && isPrefixed)
            {
                Marker = next;
                return true;
            }

            StrayBytes += next != Prefix ? 1 : 0;
            isPrefixed = next == Prefix;
        }

        HasNoEnd = _hasScan;
        return HasNoEnd ? false : throw new EndOfStreamException();
    }

    /// <summary>The data of the segment, at most 65533 bytes.</summary>
    public byte[] ReadAll()
    {
        byte[] data = new byte[Length];
        file.Position = _end - Length;
        file.ReadExactly(data);
        return data;
    }

    /// <summary>The coded pixels after the header of a scan. They have no length: where they end shows when they are read.</summary>
    public JpegBits CodedPixels()
    {
        file.Position = _end;
        _hasScan = true;
        return new JpegBits(file);
    }

    /// <summary>Goes on at another byte of the file, for the next segment.</summary>
    public void GoTo(long position) => _end = position;

    private int ReadLength()
    {
        Span<byte> bytes = stackalloc byte[2];
        file.ReadExactly(bytes);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes) - 2;
        return length >= 0 ? length : throw new InvalidDataException($"a part has an impossible length (at byte {file.Position - 4})");
    }
}

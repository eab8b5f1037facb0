using System.IO.Compression;

namespace Zssr.App.Images.Formats;

/// <summary>The decompressed pixels of a PNG file: rows of bytes, each preceded by the number of its filter.</summary>
internal sealed class PngPixels : IDisposable
{
    private const int LargestFilter = 4;

    private readonly ZLibStream _stream;

    /// <summary>Begins with the first row.</summary>
    public PngPixels(Stream file) =>
        _stream = new ZLibStream(new PngDataStream(new PngChunkReader(file)), CompressionMode.Decompress);

    /// <summary>The filter of the next row, 0…4.</summary>
    public int ReadFilter()
    {
        Span<byte> filter = stackalloc byte[1];
        Read(filter);
        return filter[0] <= LargestFilter ? filter[0] : throw new InvalidDataException($"there is no filter {filter[0]}");
    }

    /// <summary>The next bytes of a row.</summary>
    public void Read(Span<byte> buffer)
    {
        try
        {
            _stream.ReadExactly(buffer);
        }
        catch (InvalidDataException failure) // its message speaks of archives
        {
            throw new InvalidDataException("its compressed pixels make no sense", failure);
        }
    }

    public void Dispose() => _stream.Dispose();
}

using System.Buffers.Binary;
using System.IO.Compression;

namespace Zssr.App.Images.Formats;

/// <summary>Writes the pixels of PNG files: gray or colour, with or without alpha, 8 or 16 bits a sample.</summary>
/// <remarks>
/// Of the five filters each row has the one whose bytes, taken as −128…127, have the smallest sum of magnitudes. Source: the PNG
/// specification (ISO/IEC 15948), sections 9 and 12.7.
/// </remarks>
/// <param name="file">Takes the file.</param>
/// <param name="width">Columns.</param>
/// <param name="samples">In a pixel: 1 gray; 2 gray, alpha; 3 red, green, blue; 4 the same and alpha.</param>
/// <param name="bits">Of a sample, 8 or 16.</param>
internal sealed class PngEncoder(Stream file, int width, int samples, int bits)
{
    private const int Filters = 5;

    private readonly PngChunkWriter _chunks = new(file);
    private readonly int _pixelBytes = samples * bits / 8;

    /// <summary>Bytes of a row: samples from left to right, those of 16 bits with the higher byte first.</summary>
    public int RowBytes { get; } = checked(width * samples * bits / 8);

    /// <summary>Signature and header, after which metadata may be written.</summary>
    public PngChunkWriter Begin(int height)
    {
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[PngHeader.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bits;
        header[9] = samples switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        _chunks.Write("IHDR", header);
        return _chunks;
    }

    /// <summary>The pixels, and the end.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="row">Gives the bytes of each.</param>
    public void End(int height, Action<int, Span<byte>> row)
    {
        using (var data = new PngDataWriter(_chunks))
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            byte[] above = new byte[RowBytes], current = new byte[RowBytes];
            byte[] filtered = new byte[RowBytes + 1], best = new byte[RowBytes + 1];
            for (int i = 0; i < height; i++)
            {
                row(i, current);
                long least = long.MaxValue;
                for (int filter = 0; filter < Filters; filter++)
                {
                    if (Filter(filter, current, above, filtered) is long sum && sum >= least)
                        continue;
                    least = sum;
                    (best, filtered) = (filtered, best);
                }

                zlib.Write(best);
                (above, current) = (current, above);
            }
        }

        _chunks.Write("IEND", []);
    }

    /// <summary>Fills in the filter's number and differences.</summary>
    /// <returns>Σ |difference|.</returns>
    private long Filter(int filter, byte[] row, byte[] above, byte[] filtered)
    {
        filtered[0] = (byte)filter;
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            bool hasLeft = i >= _pixelBytes;
            int left = hasLeft ? row[i - _pixelBytes] : 0, aboveLeft = hasLeft ? above[i - _pixelBytes] : 0;
            int predicted = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => PngRows.Paeth(left, above[i], aboveLeft),
            };
            byte difference = (byte)(row[i] - predicted);
            filtered[i + 1] = difference;
            sum += Math.Abs((int)(sbyte)difference);
        }

        return sum;
    }
}

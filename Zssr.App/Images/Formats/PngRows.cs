using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>The stored rows of a PNG image, one at a time: takes the filter off, and gives the samples.</summary>
/// <remarks>
/// A filter stores each byte as its difference, modulo 256, from a prediction by the same byte of the pixel to the left (a), above (b) and
/// above left (c). Source: the PNG specification (ISO/IEC 15948), section 9.
/// </remarks>
internal sealed class PngRows(PngHeader header, int columns)
{
    private readonly int _pixelBytes = Math.Max(header.Samples * header.Bits / 8, 1);
    private byte[] _row = new byte[header.RowBytes(columns)];
    private byte[] _above = new byte[header.RowBytes(columns)];

    /// <summary>Reads the next row, below the last one.</summary>
    public void Read(PngPixels pixels, int filter)
    {
        (_row, _above) = (_above, _row);
        pixels.Read(_row);
        switch (filter)
        {
            case 0: break;
            case 1: TakeOff((a, _, _) => a); break;
            case 2: TakeOff((_, b, _) => b); break;
            case 3: TakeOff((a, b, _) => (a + b) / 2); break;
            case 4: TakeOff(Paeth); break;
            default: throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    /// <summary>A sample of the row as stored.</summary>
    /// <param name="index">Counted over all samples of the row: column · samples + which.</param>
    public int this[int index] => header.Bits switch
    {
        8 => _row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(_row.AsSpan(2 * index)),
        int bits => (_row[(int)((long)index * bits / 8)] >> (8 - bits - (int)((long)index * bits % 8))) & ((1 << bits) - 1),
    };

    private void TakeOff(Func<int, int, int, int> predict)
    {
        for (int i = 0; i < _row.Length; i++)
        {
            bool hasLeft = i >= _pixelBytes;
            int left = hasLeft ? _row[i - _pixelBytes] : 0, aboveLeft = hasLeft ? _above[i - _pixelBytes] : 0;
            _row[i] += (byte)predict(left, _above[i], aboveLeft);
        }
    }

    /// <summary>Whichever of the three is nearest to a + b − c.</summary>
    public static int Paeth(int a, int b, int c)
    {
        int p = a + b - c, toA = Math.Abs(p - a), toB = Math.Abs(p - b), toC = Math.Abs(p - c);
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}

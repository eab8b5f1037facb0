namespace Zssr.App.Images.Formats;

/// <summary>
/// The run-length coding of BMP files. Pairs of bytes: (n, colours) is a run of n pixels; (0, 0) ends the row, (0, 1) the image, (0, 2)
/// moves right and up by the two bytes that follow, and (0, n) is followed by n pixels, filled up to an even number of bytes.
/// </summary>
/// <remarks>Source: Microsoft's documentation, "Bitmap Compression". Pixels that nothing is said about have the index 0.</remarks>
internal sealed class BmpRuns(Stream file, long start, int bits, int height, int width)
{
    private int _row, _column;

    /// <summary>Walks over all runs.</summary>
    /// <param name="indices">Takes height × width indices, rows as stored; null only to look whether all is well.</param>
    public void Walk(byte[]? indices)
    {
        file.Position = start;
        while (true)
        {
            int count = file.NextByte(), value = file.NextByte();
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                    Put(indices, Part(value, i));
            }
            else if (value == 0)
                (_row, _column) = (_row + 1, 0);
            else if (value == 1)
                return;
            else if (value == 2)
                (_column, _row) = (_column + file.NextByte(), _row + file.NextByte());
            else
                PutStored(indices, value);
            if (_row > height || _column > width)
                throw new InvalidDataException("a run leads out of the picture");
        }
    }

    private void PutStored(byte[]? indices, int count)
    {
        int perByte = 8 / bits, bytes = (count + perByte - 1) / perByte, value = 0;
        for (int i = 0; i < count; i++)
        {
            value = i % perByte == 0 ? file.NextByte() : value;
            Put(indices, Part(value, i));
        }

        if (bytes % 2 != 0)
            file.NextByte();
    }

    /// <summary>One pixel. What hangs over the right end is cut off, as everywhere.</summary>
    private void Put(byte[]? indices, int index)
    {
        if (_column >= width)
            return;
        if (_row >= height)
            throw new InvalidDataException("a run leads out of the picture");
        if (indices is not null)
            indices[_row * width + _column] = (byte)index;
        _column++;
    }

    /// <summary>Four bits are two indices in turn, the upper ones first.</summary>
    private int Part(int value, int i) => bits == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15;
}

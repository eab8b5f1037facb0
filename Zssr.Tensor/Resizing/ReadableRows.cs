namespace Zssr.Tensors;

/// <summary>
/// Rows from which a vector of four lanes may be read at any element. One that begins near a row's end holds up to three floats of the next
/// row; the rows that have not as many after them are read from a copy with zeros at its end, so that nothing outside is touched.
/// </summary>
internal readonly unsafe struct ReadableRows
{
    private const int Lanes = 4;

    private readonly float* _rows;
    private readonly int _length;
    private readonly nint _firstCopied;
    private readonly float* _copy;

    /// <param name="rows">[count, length].</param>
    /// <param name="count">How many rows.</param>
    /// <param name="length">Floats of a row, 1 or more.</param>
    /// <param name="memory">At least <see cref="Size"/> floats.</param>
    public ReadableRows(float* rows, nint count, int length, float* memory)
    {
        _rows = rows;
        _copy = memory;
        _length = length;
        _firstCopied = nint.Max(count - Copied(length), 0);
        int floats = (int)(count - _firstCopied) * length;
        new Span<float>(rows + _firstCopied * length, floats).CopyTo(new(memory, floats));
        new Span<float>(memory + floats, Lanes).Clear();
    }

    /// <summary>Where a row starts.</summary>
    public float* this[nint row] => row < _firstCopied ? _rows + row * _length : _copy + (row - _firstCopied) * _length;

    /// <summary>Floats that the copy takes.</summary>
    public static long Size(int length) => (long)Copied(length) * length + Lanes;

    /// <summary>Rows with fewer than three floats after them: the last, and of very short ones some before it.</summary>
    private static int Copied(int length) => 1 + (Lanes - 2) / length;
}

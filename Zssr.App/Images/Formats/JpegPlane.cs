namespace Zssr.App.Images.Formats;

/// <summary>The samples of one colour of a JPEG image, while its blocks come and after.</summary>
/// <remarks>
/// Blocks of a sequential image come once, and are transformed as they come; those of a progressive one are kept until all scans have
/// added to them.
/// </remarks>
internal sealed class JpegPlane
{
    private const int Side = 8, BlockLength = Side * Side;

    private readonly int _blockColumns, _stride;
    private readonly byte[] _samples;
    private readonly short[]? _blocks;
    private readonly short[] _block = new short[BlockLength];

    /// <summary>Takes the memory for the whole of it.</summary>
    public JpegPlane(JpegFrame frame, JpegComponent component)
    {
        (Rows, Columns) = frame.SizeOf(component);
        (Across, Down) = (frame.MostAcross / component.Horizontal, frame.MostDown / component.Vertical);
        (int rows, int columns) = frame.Units;
        int blockRows = rows * component.Vertical;
        _blockColumns = columns * component.Horizontal;
        _stride = _blockColumns * Side;
        _samples = new byte[checked(blockRows * Side * _stride)];
        _blocks = frame.Progressive ? new short[_samples.Length] : null;
    }

    /// <summary>Rows that belong to the picture.</summary>
    public int Rows { get; }

    /// <summary>Columns that belong to the picture.</summary>
    public int Columns { get; }

    /// <summary>Columns of the picture for one of this colour.</summary>
    public int Across { get; }

    /// <summary>Rows of the picture for one of this colour.</summary>
    public int Down { get; }

    /// <summary>The quantisation steps, in the order of the file.</summary>
    public int[] Steps { get; set; } = [];

    /// <summary>A row of samples, <see cref="Columns"/> long; beyond the first and the last row it is that row again.</summary>
    public ReadOnlySpan<byte> Row(int row) => _samples.AsSpan(Math.Clamp(row, 0, Rows - 1) * _stride, Columns);

    /// <summary>The coefficients of a block, for a scan to add to.</summary>
    public Span<short> Begin(int row, int column)
    {
        if (_blocks is not null)
            return _blocks.AsSpan((row * _blockColumns + column) * BlockLength, BlockLength);
        Array.Clear(_block);
        return _block;
    }

    /// <summary>The scan has added to the block.</summary>
    public void End(int row, int column)
    {
        if (_blocks is null)
            Transform(row, column, _block);
    }

    /// <summary>All scans have.</summary>
    public void Finish()
    {
        if (_blocks is null)
            return;
        for (int i = 0; i < _blocks.Length / BlockLength; i++)
            Transform(i / _blockColumns, i % _blockColumns, _blocks.AsSpan(i * BlockLength, BlockLength));
    }

    private void Transform(int row, int column, ReadOnlySpan<short> block) =>
        JpegTransform.Apply(block, Steps, _samples.AsSpan(row * Side * _stride + column * Side), _stride);
}

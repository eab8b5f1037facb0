namespace Zssr.Tensors;

/// <summary>
/// Rows of a batch of images, each with zeros to its left and right, made when they are asked for. As many are kept as the kernel is high,
/// so a thread that goes down an image copies each row once. Rows above and below the image are zeros too.
/// </summary>
internal unsafe struct PaddedRows
{
    private readonly PixelSource _source;
    private readonly float* _zeros;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _copied;
    private readonly long _left;
    private readonly long _length;
    private readonly int _slots;
    private readonly long* _held;

    /// <param name="memory">At least <see cref="Size"/> floats, aligned.</param>
    /// <param name="source">[images, height, width, channels], dense.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Floats of a pixel.</param>
    /// <param name="left">Pixels of zeros before a row.</param>
    /// <param name="pixels">Pixels of a padded row; what of the row does not fit is cut off.</param>
    /// <param name="slots">Rows to keep; neighbouring rows, as many as this, can be used together.</param>
    public PaddedRows(float* memory, PixelSource source, int height, int width, int channels, int left, int pixels, int slots)
    {
        _source = source;
        _height = height;
        (_width, _channels) = (width, channels);
        _left = (long)left * channels;
        _length = AlignedMemory.Lines((long)pixels * channels);
        _copied = Math.Clamp(pixels - left, 0, width);
        _slots = slots;
        _zeros = memory + slots * _length;
        _held = (long*)(_zeros + _length);
        new Span<long>(_held, slots).Fill(-1);
        for (int row = 0; row <= slots; row++)
            new Span<float>(memory + row * _length, checked((int)_length)).Clear();
    }

    /// <summary>Floats of memory that the rows need.</summary>
    public static long Size(int channels, int pixels, int slots) =>
        (slots + 1) * AlignedMemory.Lines((long)pixels * channels) + AlignedMemory.Lines(2L * slots);

    /// <summary>The padded row; valid until <c>slots</c> rows further down are asked for.</summary>
    public readonly float* Row<V, S>(int image, int row)
        where V : struct
        where S : struct, ISimd<V>
    {
        if ((uint)row >= (uint)_height)
            return _zeros;

        int slot = row % _slots;
        float* padded = _zeros - (_slots - slot) * _length;
        long wanted = (long)image * _height + row;
        if (_held[slot] != wanted)
        {
            _source.Copy<V, S>(wanted * _width, _copied, _channels, padded + _left);
            _held[slot] = wanted;
        }

        return padded;
    }
}

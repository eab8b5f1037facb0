namespace Zssr.App.Images.Formats;

/// <summary>The blocks of a TIFF image: strips of whole rows, or tiles.</summary>
/// <remarks>Source: TIFF 6.0, sections 3 and 15.</remarks>
internal sealed class TiffBlocks
{
    private const long Most = 1 << 20;

    /// <summary>What tiles may have beyond the image's border, on top of as many pixels as the image has itself.</summary>
    private const long Padding = 1 << 24;

    private readonly TiffDirectory _directory;
    private readonly TiffHeader _header;
    private readonly int _height;
    private readonly bool _areTiles;
    private readonly long _rowsOfBlock;

    /// <summary>Reads how large they are; where they are is read when it is needed.</summary>
    /// <exception cref="InvalidDataException">They cannot be so.</exception>
    /// <exception cref="NotSupportedException">They are far too many or too large.</exception>
    public TiffBlocks(TiffDirectory directory, TiffHeader header, int height, int width)
    {
        (_directory, _header, _height, _areTiles) = (directory, header, height, directory.Has(TiffTag.TileWidth));
        Columns = _areTiles ? directory.Number(TiffTag.TileWidth, 0) : width;
        _rowsOfBlock = _areTiles ? directory.Number(TiffTag.TileHeight, 0) : directory.Number(TiffTag.StripRows, height);
        if (_rowsOfBlock == 0 || (_areTiles && (Columns == 0 || Columns % 16 != 0 || _rowsOfBlock % 16 != 0)))
            throw new InvalidDataException($"its parts have {Columns} x {_rowsOfBlock} pixels");
        _rowsOfBlock = Math.Min(_rowsOfBlock, height);
        (Across, Down) = ((width + Columns - 1) / Columns, (height + _rowsOfBlock - 1) / _rowsOfBlock);
        if (Across * Columns * height > 2L * width * height + Padding)
            throw new NotSupportedException($"in tiles of {Columns} pixels, far more than it has");
        if (Across * Down * Planes > Most)
            throw new NotSupportedException($"in more than {Most} parts");
        if (RowBytes > Array.MaxLength || Columns * header.SamplesTogether > int.MaxValue)
            throw new NotSupportedException($"with rows of {Columns} pixels");
    }

    /// <summary>Columns of a block as stored; tiles may reach beyond the image.</summary>
    public long Columns { get; }

    /// <summary>Bytes of a row of a block.</summary>
    public long RowBytes => (Columns * _header.SamplesTogether * _header.Bits + 7) / 8;

    private long Across { get; }

    private long Down { get; }

    private int Planes => _header.SeparatePlanes ? _header.Samples : 1;

    /// <summary>
    /// Unpacks one block after the other; the action takes where it stands, and reads its <see cref="TiffBlock.Rows"/> rows.
    /// </summary>
    /// <exception cref="EndOfStreamException">One is not in the file.</exception>
    /// <exception cref="InvalidDataException">They take far more packed bytes than the file and the picture have.</exception>
    public void Each(Stream file, Action<TiffBlock, TiffUnpacker> read)
    {
        long count = Across * Down * Planes;
        // Files may have more places than blocks.
        long[] places = _directory.Numbers(_areTiles ? TiffTag.TileOffsets : TiffTag.StripOffsets, count, Most);
        long[]? lengths = Lengths(count);
        var section = new FileSection(file, file.Length + 2 * Planes * Across * _height * RowBytes);
        using TiffUnpacker unpacker = TiffUnpacker.Of(_header.Packing, section);
        for (int i = 0; i < count; i++)
        {
            long inPlane = i % (Across * Down), top = inPlane / Across * _rowsOfBlock;
            var block = new TiffBlock(
                (int)(i / (Across * Down)), (int)top, (int)(inPlane % Across * Columns), (int)Math.Min(_rowsOfBlock, _height - top));
            section.MoveTo(places[i], lengths?[i] ?? block.Rows * RowBytes);
            unpacker.Begin();
            read(block, unpacker);
        }
    }

    /// <summary>Bytes of each block. Some programs do not say them where nothing is packed.</summary>
    private long[]? Lengths(long count)
    {
        int tag = _areTiles ? TiffTag.TileLengths : TiffTag.StripLengths;
        return _header.Packing == TiffPacking.None && !_directory.Has(tag) ? null : _directory.Numbers(tag, count, Most);
    }
}

/// <summary>A block of a TIFF image.</summary>
/// <param name="Plane">Which sample it holds, where each has blocks of its own; otherwise 0.</param>
/// <param name="Top">Its first row in the image.</param>
/// <param name="Left">Its first column in the image.</param>
/// <param name="Rows">Its rows, without those below the image.</param>
internal readonly record struct TiffBlock(int Plane, int Top, int Left, int Rows);

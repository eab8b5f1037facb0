using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>Reads PNG files of all kinds: gray, colour and palette, 1 to 16 bits, transparent, interlaced.</summary>
/// <remarks>
/// Pixels are decompressed row by row and only as many as the header asks for, whatever else the compressed data hold: what a file costs
/// follows from its header.
/// </remarks>
internal sealed class PngReader : ImageReader
{
    private const int BlockLength = 1 << 16;

    private readonly Stream _file;
    private readonly PngHeader _header;
    private readonly Lazy<ImageMetadata?> _metadata;

    private PngReader(Stream file, int height, int width, PngHeader header)
        : base(height, width)
    {
        (_file, _header) = (file, header);
        _metadata = new Lazy<ImageMetadata?>(() => PngMetadata.Read(file));
    }

    /// <summary>Reads the header.</summary>
    public static PngReader Open(Stream file)
    {
        var chunks = new PngChunkReader(file);
        chunks.Next();
        if (chunks.Type == "CgBI")
            throw new NotSupportedException("in a form that only Apple's programs read");
        if (chunks.Type != "IHDR" || chunks.Length != PngHeader.Length)
            throw new InvalidDataException("it does not begin with a header");
        (long rows, long columns, PngHeader header) = PngHeader.Of(chunks.ReadAll());
        (int height, int width) = RequireSize(rows, columns);
        return new PngReader(file, height, width, header);
    }

    /// <summary>Compares all checksums, of which only those of pixels, palette and header must be right, then decompresses all rows without keeping one.</summary>
    public override void Check()
    {
        if (_header.RowBytes(Width) > Array.MaxLength)
            throw new NotSupportedException($"with rows of {Width} pixels");
        byte[] buffer = new byte[BlockLength];
        var chunks = new PngChunkReader(_file);
        while (chunks.Next())
        {
            if (!chunks.IsAncillary && chunks.Type is not ("IHDR" or "PLTE" or "IDAT" or "IEND"))
                throw new InvalidDataException($"it has a critical part of an unknown kind (at byte {_file.Position - 8})");
            if (chunks.IsIntact(buffer))
                continue;
            if (!chunks.IsAncillary)
                throw chunks.WrongChecksum();
            Note("parts beside its pixels have wrong checksums, and were left out");
        }

        PngPalette.Read(_file, _header);
        EachRow((pixels, _, pass, _) =>
        {
            for (long left = _header.RowBytes(pass.Columns); left > 0;)
            {
                int length = (int)Math.Min(left, buffer.Length);
                pixels.Read(buffer.AsSpan(0, length));
                left -= length;
            }
        });
    }

    public override SampleImage Decode()
    {
        PngPalette palette = PngPalette.Read(_file, _header);
        var image = SampleImage.Blank(Height, Width, palette.Samples);
        PngRows? rows = null;
        PngPass current = default;
        EachRow((pixels, filter, pass, row) =>
        {
            if (rows is null || pass != current) // each pass starts again, with a row of zeros above it
                (rows, current) = (new PngRows(_header, pass.Columns), pass);
            rows.Read(pixels, filter);
            for (int column = 0; column < pass.Columns; column++)
            {
                Span<float> pixel = image.At(pass.Top + row * pass.RowStep, pass.Left + column * pass.ColumnStep);
                palette.Resolve(rows, column, pixel);
            }
        });
        return image with { Bits = _header.Bits > 8 ? 16 : 8 };
    }

    public override ImageMetadata? ReadMetadata() => _metadata.Value;

    public override ExifOrientation ReadOrientation() =>
        _metadata.Value?.Exif is { } exif ? ExifBlock.OrientationOf(exif) : ExifOrientation.Upright;

    /// <summary>Goes over the stored rows; the action takes the row's filter, pass and number, and reads the row's bytes.</summary>
    private void EachRow(Action<PngPixels, int, PngPass, int> read)
    {
        using var pixels = new PngPixels(_file);
        foreach (PngPass pass in _header.Passes(Height, Width))
        {
            for (int row = 0; row < pass.Rows; row++)
                read(pixels, pixels.ReadFilter(), pass, row);
        }
    }
}

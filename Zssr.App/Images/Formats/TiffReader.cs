using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Reads TIFF files: gray, colour, palette and CMYK, 1 to 16 bits, in strips or tiles; not packed, or by LZW, Deflate or PackBits.
/// </summary>
/// <remarks>Source: TIFF, revision 6.0, 1992, and Adobe's technical notes of 1995 and 2002 (Deflate, orders of bytes in tiles).</remarks>
internal sealed class TiffReader : ImageReader
{
    private const int PieceLength = 1 << 14;

    private readonly Stream _file;
    private readonly TiffDirectory _directory;
    private readonly TiffHeader _header;
    private readonly TiffBlocks _blocks;

    private TiffReader(Stream file, int height, int width, TiffDirectory directory, TiffHeader header)
        : base(height, width)
    {
        (_file, _directory, _header) = (file, directory, header);
        _blocks = new TiffBlocks(directory, header, height, width);
    }

    /// <summary>Reads the directory of the first picture.</summary>
    public static TiffReader Open(Stream file)
    {
        TiffDirectory directory = TiffDirectory.ReadFirst(file);
        (int height, int width) = RequireSize(directory.Number(TiffTag.Height, 0), directory.Number(TiffTag.Width, 0));
        return new TiffReader(file, height, width, directory, new TiffHeader(directory));
    }

    /// <summary>Other pictures may follow the first one, and are never read.</summary>
    public override bool MayBeMuchLonger => true;

    private int Samples => (IsGray ? 1 : 3) + (_header.AlphaAt >= 0 ? 1 : 0);

    private bool IsGray => _header.Colors is TiffColors.WhiteIsZero or TiffColors.BlackIsZero;

    /// <summary>Unpacks all blocks without keeping one.</summary>
    public override void Check()
    {
        _ = ReadPalette();
        byte[] piece = new byte[PieceLength];
        _blocks.Each(_file, (block, unpacker) =>
        {
            for (long left = block.Rows * _blocks.RowBytes; left > 0;)
            {
                int length = (int)Math.Min(left, piece.Length);
                unpacker.ReadExactly(piece.AsSpan(0, length));
                left -= length;
            }
        });
    }

    public override SampleImage Decode()
    {
        float[] palette = ReadPalette();
        SampleImage image = SampleImage.Blank(Height, Width, Samples) with { Bits = _header.Bits > 8 ? 16 : 8 };
        var stored = new TiffRow(_header, _blocks.RowBytes);
        int together = _header.SamplesTogether;
        _blocks.Each(_file, (block, unpacker) =>
        {
            int columns = (int)Math.Min(_blocks.Columns, Width - block.Left);
            for (int row = 0; row < block.Rows; row++)
            {
                stored.Read(unpacker);
                for (int i = 0; i < columns * together; i++)
                    Put(block.Plane + i % together, stored[i], palette, image.At(block.Top + row, block.Left + i / together));
            }
        });
        if (_header.IsTimesAlpha)
            DivideByAlpha(image);
        return image;
    }

    public override ImageMetadata? ReadMetadata() => TiffMetadata.Read(_directory, _header);

    public override ExifOrientation ReadOrientation() =>
        _directory.NumberIfAny(TiffTag.Orientation, 1) is >= 1 and <= 8 and long value ? (ExifOrientation)value : ExifOrientation.Upright;

    /// <summary>Puts a sample of a pixel to its place; samples come in their order.</summary>
    private void Put(int sample, int stored, float[] palette, Span<float> pixel)
    {
        float value = (float)stored / ((1 << _header.Bits) - 1);
        if (sample == _header.AlphaAt)
            pixel[^1] = value;
        else if (sample >= _header.ColorSamples)
            return;
        else if (_header.Colors == TiffColors.Palette)
            palette.AsSpan(3 * stored, 3).CopyTo(pixel);
        else if (_header.Colors == TiffColors.Cmyk && sample == 3)
            (pixel[0], pixel[1], pixel[2]) = (pixel[0] * (1 - value), pixel[1] * (1 - value), pixel[2] * (1 - value));
        else
            pixel[sample] = _header.Colors is TiffColors.WhiteIsZero or TiffColors.Cmyk ? 1 - value : value;
    }

    /// <summary>
    /// Red, green, blue of each colour. They are stored as all reds, all greens and all blues of 16 bits, of which the higher 8 count; some
    /// programs have stored 8 bits, so that no number is above 255.
    /// </summary>
    private float[] ReadPalette()
    {
        if (_header.Colors != TiffColors.Palette)
            return [];
        int colors = 1 << _header.Bits;
        long[] stored = _directory.Numbers(TiffTag.Palette, 3 * colors, 3 * colors);
        int shift = Array.TrueForAll(stored, value => value < 256) ? 0 : 8;
        float[] palette = new float[3 * colors];
        for (int i = 0; i < palette.Length; i++)
            palette[i] = (byte)(stored[i % 3 * colors + i / 3] >> shift) / 255f;
        return palette;
    }

    private static void DivideByAlpha(SampleImage image)
    {
        for (int i = 0; i < image.Values.Length; i += image.Samples)
        {
            Span<float> pixel = image.Values.AsSpan(i, image.Samples);
            float alpha = pixel[^1];
            foreach (ref float color in pixel[..^1])
                color = alpha > 0 ? Math.Min(color / alpha, 1) : 0;
        }
    }
}

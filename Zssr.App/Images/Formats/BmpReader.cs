using System.Buffers.Binary;
using System.Numerics;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>Reads BMP files: 1 to 32 bits a pixel, with palettes, masks or runs.</summary>
internal sealed class BmpReader : ImageReader
{
    private readonly Stream _file;
    private readonly BmpHeader _header;

    private BmpReader(Stream file, int height, int width, BmpHeader header)
        : base(height, width) => (_file, _header) = (file, header);

    /// <summary>Reads the headers.</summary>
    public static BmpReader Open(Stream file)
    {
        (long rows, long columns, BmpHeader header) = BmpHeader.Read(file);
        (int height, int width) = RequireSize(rows, columns);
        if (header.Masks is [var red, var green, var blue, _] && header.Bits is 16 or 32 && (red == 0 || green == 0 || blue == 0))
            throw new InvalidDataException("a colour has no bits");
        return new BmpReader(file, height, width, header);
    }

    /// <summary>Whether all rows are there; with runs, whether they stay within the image and end.</summary>
    public override void Check()
    {
        if (_header.RowBytes(Width) > Array.MaxLength)
            throw new NotSupportedException($"with rows of {Width} pixels");
        if (_header.RunLength)
            Runs().Walk(null);
        else if (_file.Length - _header.PixelStart < _header.RowBytes(Width) * (Height - 1) + ((long)Width * _header.Bits + 7) / 8)
            throw new EndOfStreamException(); // the last row's padding may be missing
    }

    public override SampleImage Decode()
    {
        bool hasAlpha = _header.Masks is [_, _, _, > 0] && _header.Bits is 16 or 32;
        bool isDeep = _header.Bits == 32 && _header.Masks.Any(mask => BitOperations.PopCount(mask) > 8);
        SampleImage image = SampleImage.Blank(Height, Width, hasAlpha ? 4 : 3) with { Bits = isDeep ? 16 : 8 };
        float[] palette = ReadPalette();
        if (_header.RunLength)
        {
            byte[] indices = new byte[Height * Width];
            Runs().Walk(indices);
            for (int row = 0; row < Height; row++)
            {
                for (int column = 0; column < Width; column++)
                    Lookup(palette, indices[row * Width + column], image.At(FromTop(row), column));
            }

            return image;
        }

        byte[] bytes = new byte[_header.RowBytes(Width)];
        _file.Position = _header.PixelStart;
        for (int row = 0; row < Height; row++)
        {
            _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: row < Height - 1);
            for (int column = 0; column < Width; column++)
                DecodePixel(bytes, column, palette, image.At(FromTop(row), column));
        }

        return image;
    }

    public override ImageMetadata? ReadMetadata() => BmpMetadata.Read(_file);

    private BmpRuns Runs() => new(_file, _header.PixelStart, _header.Bits, Height, Width);

    private int FromTop(int row) => _header.TopDown ? row : Height - 1 - row;

    private void DecodePixel(byte[] row, int column, float[] palette, Span<float> pixel)
    {
        int bits = _header.Bits;
        if (bits <= 8)
        {
            int firstBit = (int)((long)column * bits % 8);
            Lookup(palette, (row[(int)((long)column * bits / 8)] >> (8 - bits - firstBit)) & ((1 << bits) - 1), pixel);
        }
        else if (bits == 24)
        {
            for (int c = 0; c < 3; c++)
                pixel[c] = row[3 * column + 2 - c] / 255f;
        }
        else
        {
            uint value = bits == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(row.AsSpan(2 * column))
                : BinaryPrimitives.ReadUInt32LittleEndian(row.AsSpan(4 * column));
            for (int c = 0; c < pixel.Length; c++)
                pixel[c] = Masked(value, _header.Masks[c]);
        }
    }

    /// <summary>The bits under a mask as a part of the most they can be.</summary>
    private static float Masked(uint value, uint mask)
    {
        int shift = BitOperations.TrailingZeroCount(mask);
        return (float)((value & mask) >> shift) / (mask >> shift);
    }

    /// <summary>A colour outside the palette is black.</summary>
    private static void Lookup(float[] palette, int index, Span<float> pixel)
    {
        if (3 * index < palette.Length)
            palette.AsSpan(3 * index, 3).CopyTo(pixel);
    }

    /// <summary>Red, green, blue of each colour; stored as blue, green, red and, but in OS/2's, a byte that means nothing.</summary>
    private float[] ReadPalette()
    {
        byte[] bytes = new byte[_header.PaletteLength * _header.PaletteEntry];
        _file.Position = _header.PaletteStart;
        _file.ReadExactly(bytes);
        float[] palette = new float[3 * _header.PaletteLength];
        for (int i = 0; i < palette.Length; i++)
            palette[i] = bytes[i / 3 * _header.PaletteEntry + 2 - i % 3] / 255f;
        return palette;
    }
}

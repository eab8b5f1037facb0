using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>How the pixels of a PNG file are stored.</summary>
/// <param name="Bits">Of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColorType">0 gray, 2 colour, 3 palette, 4 gray and alpha, 6 colour and alpha.</param>
/// <param name="Interlaced">Whether in Adam7's seven passes.</param>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), section 11.2.2; for the passes section 8.2.</remarks>
internal sealed record PngHeader(int Bits, int ColorType, bool Interlaced)
{
    /// <summary>Bytes of the header chunk.</summary>
    public const int Length = 13;

    /// <summary>Samples stored of a pixel; a palette's index is one.</summary>
    public int Samples => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Whether samples are indices.</summary>
    public bool IsPalette => ColorType == 3;

    /// <summary>Understands the header chunk.</summary>
    public static (long Height, long Width, PngHeader Header) Of(ReadOnlySpan<byte> data)
    {
        (byte bits, byte colorType, byte interlace) = (data[8], data[9], data[12]);
        bool fits = colorType switch
        {
            0 => bits is 1 or 2 or 4 or 8 or 16,
            3 => bits is 1 or 2 or 4 or 8,
            2 or 4 or 6 => bits is 8 or 16,
            _ => false,
        };
        if (!fits || data[10] != 0 || data[11] != 0 || interlace > 1)
            throw new InvalidDataException($"there is no such kind (colour type {colorType}, {bits} bits)");
        return (BinaryPrimitives.ReadUInt32BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data),
            new PngHeader(bits, colorType, interlace == 1));
    }

    /// <summary>The parts of an image that are stored one after the other: the whole, or each pass's pixels where it has any.</summary>
    public IEnumerable<PngPass> Passes(int height, int width)
    {
        PngPass[] all = !Interlaced ? [new(0, 0, 1, 1, height, width)] :
        [
            new(0, 0, 8, 8, height, width), new(0, 4, 8, 8, height, width), new(4, 0, 8, 4, height, width),
            new(0, 2, 4, 4, height, width), new(2, 0, 4, 2, height, width), new(0, 1, 2, 2, height, width),
            new(1, 0, 2, 1, height, width),
        ];
        return all.Where(pass => pass.Rows > 0 && pass.Columns > 0);
    }

    /// <summary>Bytes of a stored row of so many pixels, without the filter's.</summary>
    public long RowBytes(int columns) => ((long)columns * Samples * Bits + 7) / 8;
}

/// <summary>Every so many-th pixel of an image.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="RowStep">From a row to the next.</param>
/// <param name="ColumnStep">From a column to the next.</param>
/// <param name="Height">The image's rows.</param>
/// <param name="Width">The image's columns.</param>
internal readonly record struct PngPass(int Top, int Left, int RowStep, int ColumnStep, int Height, int Width)
{
    /// <summary>Rows that have pixels of the pass.</summary>
    public int Rows => (int)(((long)Height - Top + RowStep - 1) / RowStep);

    /// <summary>Pixels in each of them.</summary>
    public int Columns => (int)(((long)Width - Left + ColumnStep - 1) / ColumnStep);
}

namespace Zssr.Tensors;

/// <summary>Neighbouring pixels along an axis: Start, Start + 1, …, End − 1.</summary>
/// <param name="Start">The first one, counted from 0.</param>
/// <param name="Length">How many.</param>
public readonly record struct PixelRange(int Start, int Length)
{
    /// <summary>The pixel after the last one.</summary>
    public int End => Start + Length;

    /// <summary>The pixels from one to the one before another.</summary>
    public static PixelRange Between(int start, int end) => new(start, end - start);

    /// <summary>The smallest range with the pixels of both.</summary>
    public PixelRange Hull(PixelRange other) => Between(Math.Min(Start, other.Start), Math.Max(End, other.End));

    /// <summary>More pixels at both ends, but none outside an axis of some length.</summary>
    public PixelRange Grown(int by, int length) => Between(Math.Max(Start - by, 0), (int)Math.Min((long)End + by, length));

    /// <summary>Whether all pixels of another are pixels of this one.</summary>
    public bool Contains(PixelRange other) => other.Start >= Start && other.End <= End;
}

/// <summary>A rectangle of pixels of an image.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
public readonly record struct PixelArea(PixelRange Rows, PixelRange Columns)
{
    /// <summary>A rectangle by its corner and size.</summary>
    public PixelArea(int top, int left, int height, int width)
        : this(new PixelRange(top, height), new PixelRange(left, width))
    {
    }

    /// <summary>Pixels in it.</summary>
    public long Count => (long)Rows.Length * Columns.Length;

    /// <summary>All of an image of height × width.</summary>
    public static PixelArea Whole(int height, int width) => new(0, 0, height, width);

    /// <summary>All of images [N, H, W, C].</summary>
    public static PixelArea Whole(Tensor images)
    {
        Check.Images("area", images);
        return Whole(images.Shape[1], images.Shape[2]);
    }

    /// <summary>The smallest rectangle with the pixels of both.</summary>
    public PixelArea Hull(PixelArea other) => new(Rows.Hull(other.Rows), Columns.Hull(other.Columns));

    /// <summary>A border of more pixels around it, as far as an image of height × width has them.</summary>
    public PixelArea Grown(int by, int height, int width) => new(Rows.Grown(by, height), Columns.Grown(by, width));

    /// <summary>So many rows further down and columns further right.</summary>
    public PixelArea Moved(int down, int right) =>
        new(Rows.Start + down, Columns.Start + right, Rows.Length, Columns.Length);

    /// <summary>Whether all pixels of another are pixels of this one.</summary>
    public bool Contains(PixelArea other) => Rows.Contains(other.Rows) && Columns.Contains(other.Columns);

    /// <summary>The same pixels, counted from the corner of another rectangle.</summary>
    public PixelArea From(PixelArea origin) =>
        new(Rows.Start - origin.Rows.Start, Columns.Start - origin.Columns.Start, Rows.Length, Columns.Length);
}

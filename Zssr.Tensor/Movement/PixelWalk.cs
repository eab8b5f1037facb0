namespace Zssr.Tensors;

/// <summary>
/// The order in which a turned or mirrored image reads the pixels of its original. Pixels are numbered row by row from 0, so one
/// pixel down is + W and one to the right is + 1. Whatever the symmetry, pixel (i, j) of the result is pixel
/// <c>Origin + i · RowStep + j · ColumnStep</c> of the original: the result's first pixel is one of the original's corners, and
/// its rows and columns run along the original's edges in one direction or the other.
/// </summary>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Origin">The original's pixel that becomes the result's top left corner.</param>
/// <param name="RowStep">What one row down in the result means in the original.</param>
/// <param name="ColumnStep">What one column to the right in the result means in the original.</param>
internal readonly record struct PixelWalk(int Height, int Width, int Origin, int RowStep, int ColumnStep)
{
    /// <summary>Counter-clockwise quarter turns of an image of height × width; any integer.</summary>
    public static PixelWalk Turned(int height, int width, int quarterTurns)
    {
        int topRight = width - 1;
        int bottomLeft = (height - 1) * width;
        int bottomRight = height * width - 1;
        // The two lowest bits are the number modulo 4, for negative numbers too.
        return (quarterTurns & 3) switch
        {
            0 => new PixelWalk(height, width, Origin: 0, RowStep: width, ColumnStep: 1),
            // The right edge, read downwards, becomes the first row.
            1 => new PixelWalk(width, height, topRight, RowStep: -1, ColumnStep: width),
            2 => new PixelWalk(height, width, bottomRight, RowStep: -width, ColumnStep: -1),
            // The left edge, read upwards, becomes the first row.
            _ => new PixelWalk(width, height, bottomLeft, RowStep: 1, ColumnStep: -width),
        };
    }

    /// <summary>Left and right exchanged: every row is read from its end.</summary>
    public static PixelWalk MirroredSideways(int height, int width) =>
        new(height, width, Origin: width - 1, RowStep: width, ColumnStep: -1);

    /// <summary>Top and bottom exchanged: the rows are read from the last up.</summary>
    public static PixelWalk MirroredUpright(int height, int width) =>
        new(height, width, Origin: (height - 1) * width, RowStep: -width, ColumnStep: 1);
}

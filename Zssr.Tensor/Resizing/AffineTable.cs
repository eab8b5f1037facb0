namespace Zssr.Tensors;

/// <summary>
/// The source positions of an affine warp for a kernel that computes in float32. A position is the sum of a part that belongs to the
/// output row (A·i + C) and one that belongs to the column (B·j). Each part is computed here in float64 and cut into a whole number of
/// pixels and a fraction, which float32 holds to 6·10⁻⁸ pixels; computed there as one number, position 10⁴ would be wrong by 10⁻³.
/// </summary>
internal sealed class AffineTable
{
    private const string Operation = "affine warp";

    /// <summary>Computes the parts of all rows and columns.</summary>
    /// <exception cref="ShapeException">A length is less than 1 or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The map is not finite, or leads to positions that are not.</exception>
    public AffineTable(AffineMap map, int inputHeight, int inputWidth, int height, int width)
    {
        ResizeLengths.RequirePixels(Operation, "input's height", inputHeight);
        ResizeLengths.RequirePixels(Operation, "input's width", inputWidth);
        ResizeLengths.RequirePixels(Operation, "output's height", height);
        ResizeLengths.RequirePixels(Operation, "output's width", width);
        RequireFinite(map, height, width);
        Pixels = new int[2 * (height + width)];
        Fractions = new double[2 * (height + width)];
        for (int i = 0; i < height; i++)
        {
            // The first of four taps lies one pixel before the one that the position is in.
            Cut(map.A * i + map.C - 1, inputHeight, 2 * i);
            Cut(map.D * i + map.F - 1, inputWidth, 2 * i + 1);
        }

        for (int j = 0; j < width; j++)
        {
            Cut(map.B * j, inputHeight, 2 * (height + j));
            Cut(map.E * j, inputWidth, 2 * (height + j) + 1);
        }
    }

    /// <summary>
    /// [height + width, 2]: the whole pixels of u and v, first the parts of all output rows, then those of all columns. Modulo 2n for an
    /// axis of n pixels, the period of the mirrored image, so 0 … 2n − 1 however far outside the position is.
    /// </summary>
    public int[] Pixels { get; }

    /// <summary>[height + width, 2]: the fractions that belong to <see cref="Pixels"/>, 0 … 1.</summary>
    public double[] Fractions { get; }

    private void Cut(double position, int n, int entry)
    {
        double whole = Math.Floor(position);
        double pixel = whole % (2.0 * n);
        Pixels[entry] = (int)(pixel < 0 ? pixel + 2.0 * n : pixel);
        Fractions[entry] = position - whole;
    }

    private static void RequireFinite(AffineMap map, int height, int width)
    {
        // Positions are largest at the corners.
        (double u, double v) = (Math.Abs(map.A) * height + Math.Abs(map.B) * width, Math.Abs(map.D) * height + Math.Abs(map.E) * width);
        if (!map.IsFinite || !double.IsFinite(u + Math.Abs(map.C)) || !double.IsFinite(v + Math.Abs(map.F)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(map), map,
                $"{Operation}: {map} is not finite, or maps to positions that are not. Was one of its six numbers divided by 0?");
        }
    }
}

namespace Zssr.Tensors;

/// <summary>Moves a kernel's weights by fractions of a pixel, keeping their sum, and their centre of mass where it is to be.</summary>
/// <remarks>
/// A cubic spline through a lone weight rings: on both sides it swings with −(2 − √3) = −0.268 of the height from pixel to pixel. With
/// room for all of it, sum and centre are exact, for such splines reproduce constants and straight lines; cut off too early, a weight of 1
/// moved by a pixel and a half sums to 0.95, and darkens every picture. So the weights are moved with much room around them. Afterwards
/// lines are cut off on all sides alike (shrinking takes time for every weight), as many as hold next to nothing, and what is left is
/// multiplied so that the sum is the old one.
/// </remarks>
internal static class KernelShift
{
    /// <summary>How far, in pixels, the centre of mass may lie beside its place on each axis.</summary>
    public const double CentreTolerance = 0.002;

    /// <summary>The most that is cut off, Σ|w|, as a share of the weights' sum.</summary>
    private const double MostCut = 0.002;

    /// <summary>What the ringing falls to within the room that it is given, as a share of the weights' sum.</summary>
    private const double LeastRinging = 1e-10;

    /// <summary>Elements of the largest kernel, 1024 × 1024: far wider than a blur that leaves something to see.</summary>
    private const double MostElements = 1 << 20;

    /// <summary>The weights [h, w] moved by (down, right) pixels, [h + 2p, w + 2q] with p and q as small as they may be.</summary>
    /// <param name="weights">A kernel's.</param>
    /// <param name="centre">Their centre of mass.</param>
    /// <param name="down">Rows.</param>
    /// <param name="right">Columns.</param>
    /// <exception cref="ShapeException">The result would be too large.</exception>
    public static double[,] Apply(double[,] weights, (double Row, double Column) centre, double down, double right)
    {
        (double sum, double magnitudes) = Sums(weights);
        double shift = Math.Max(Math.Abs(down), Math.Abs(right));
        double least = Math.Ceiling(shift) + 1, room = Math.Ceiling(Math.Log(LeastRinging * sum / magnitudes) / Math.Log(2 - Math.Sqrt(3)));
        double padding = least + room;
        RequireSize(weights, centre, padding);

        double[,] moved = Move(weights, (int)padding, down, right);
        double[,] rest = moved;
        for (int lines = (int)room; lines > 0; lines--)
        {
            rest = Cut(moved, lines);
            if (IsAsGood(rest, moved, (centre.Row + padding - lines + down, centre.Column + padding - lines + right)))
                break;
            rest = moved;
        }

        return Times(rest, sum / Sums(rest).Sum);
    }

    /// <summary>
    /// The weights with so many zeros on every side, moved by the spline: as SciPy's <c>ndimage.shift</c> after <c>numpy.pad</c>.
    /// </summary>
    public static double[,] Move(double[,] weights, int padding, double down, double right)
    {
        double[,] moved = new double[weights.GetLength(0) + 2 * padding, weights.GetLength(1) + 2 * padding];
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
                moved[padding + i, padding + j] = weights[i, j];
        }

        MoveColumns(moved, down);
        MoveRows(moved, right);
        return moved;
    }

    private static void MoveColumns(double[,] samples, double shift)
    {
        double[] line = new double[samples.GetLength(0)];
        for (int j = 0; j < samples.GetLength(1); j++)
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = samples[i, j];
            double[] moved = CubicSpline.Shift(line, shift);
            for (int i = 0; i < line.Length; i++)
                samples[i, j] = moved[i];
        }
    }

    private static void MoveRows(double[,] samples, double shift)
    {
        double[] line = new double[samples.GetLength(1)];
        for (int i = 0; i < samples.GetLength(0); i++)
        {
            for (int j = 0; j < line.Length; j++)
                line[j] = samples[i, j];
            double[] moved = CubicSpline.Shift(line, shift);
            for (int j = 0; j < line.Length; j++)
                samples[i, j] = moved[j];
        }
    }

    private static double[,] Cut(double[,] samples, int lines)
    {
        double[,] rest = new double[samples.GetLength(0) - 2 * lines, samples.GetLength(1) - 2 * lines];
        for (int i = 0; i < rest.GetLength(0); i++)
        {
            for (int j = 0; j < rest.GetLength(1); j++)
                rest[i, j] = samples[lines + i, lines + j];
        }

        return rest;
    }

    private static bool IsAsGood(double[,] rest, double[,] whole, (double Row, double Column) aim)
    {
        if (!(Sums(whole).Magnitudes - Sums(rest).Magnitudes <= MostCut * Sums(whole).Sum))
            return false;
        (double row, double column) = NumericKernel.CentreOf(rest);
        return Math.Max(Math.Abs(row - aim.Row), Math.Abs(column - aim.Column)) <= CentreTolerance;
    }

    private static double[,] Times(double[,] weights, double factor)
    {
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
                weights[i, j] *= factor;
        }

        return weights;
    }

    private static (double Sum, double Magnitudes) Sums(double[,] weights)
    {
        (double sum, double magnitudes) = (0, 0);
        foreach (double weight in weights)
            (sum, magnitudes) = (sum + weight, magnitudes + Math.Abs(weight));
        return (sum, magnitudes);
    }

    private static void RequireSize(double[,] weights, (double Row, double Column) centre, double padding)
    {
        (int height, int width) = (weights.GetLength(0), weights.GetLength(1));
        double elements = (height + 2 * padding) * (width + 2 * padding);
        if (!(elements <= MostElements))
        {
            throw new ShapeException(
                $"shift kernel: the moved kernel would have {elements:G3} weights, more than {MostElements}. That of {height} × {width} has "
                + $"its centre of mass at row {centre.Row:G4}, column {centre.Column:G4}. Is it a blur kernel, and the factor meant?");
        }
    }
}

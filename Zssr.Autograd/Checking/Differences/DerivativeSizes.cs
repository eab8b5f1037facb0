namespace Zssr.Autograd.Checking;

/// <summary>
/// How large derivatives are, for tolerances that follow their size: a derivative counts as large as the largest of its row, those of one
/// observed quantity by all elements of an input, or of its column, those of all quantities by one element, whichever is less; at most 1.
/// </summary>
internal sealed class DerivativeSizes
{
    private readonly double[]?[][] _analytic;
    private readonly double[,] _rows;
    private readonly bool _follow;

    /// <summary>Sizes of derivatives.</summary>
    /// <param name="analytic">By the backward pass: for each quantity and input the gradient, or null.</param>
    /// <param name="inputs">How many inputs there are.</param>
    /// <param name="follow">Whether the tolerance follows sizes at all; otherwise each counts as 1.</param>
    public DerivativeSizes(double[]?[][] analytic, int inputs, bool follow)
    {
        (_analytic, _follow) = (analytic, follow);
        _rows = new double[analytic.Length, inputs];
        for (int j = 0; j < analytic.Length; j++)
        {
            for (int i = 0; i < inputs; i++)
                _rows[j, i] = (analytic[j][i] ?? []).Aggregate(0.0, (largest, value) => Larger(largest, value));
        }
    }

    /// <summary>The size of the column of an element, at most 1.</summary>
    public double OfColumn(FiniteDifference difference, int input, int element)
    {
        double largest = 0;
        for (int j = 0; j < _analytic.Length; j++)
            largest = Larger(Larger(largest, difference.Slope(j)), _analytic[j][input]?[element] ?? 0);
        return largest;
    }

    /// <summary>The size of an entry, at most 1.</summary>
    public double Of(int quantity, int input, double column) => _follow ? Math.Min(1, Math.Min(_rows[quantity, input], column)) : 1;

    private static double Larger(double largest, double value) =>
        double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
}

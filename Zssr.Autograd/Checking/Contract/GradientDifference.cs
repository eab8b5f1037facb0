namespace Zssr.Autograd.Checking;

/// <summary>Where gradients that should be equal are not. A gradient that is null counts as zeros.</summary>
internal static class GradientDifference
{
    /// <summary>
    /// The first element that is too far from what is expected, in words; null where there is none. What is expected to be infinite or NaN
    /// is not compared.
    /// </summary>
    /// <param name="input">Whose gradient it is.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="relative">How far an element may be off, as a share of what is expected there.</param>
    /// <param name="ofLargest">And how far in addition, as a share of the largest element that is expected.</param>
    /// <param name="floor">And how far in any case: what rounding leaves where terms cancel.</param>
    public static string? Describe(
        CheckedInput input, double[]? gradient, double[]? expected, double relative, double ofLargest, double floor = 0)
    {
        if (gradient is null && expected is null)
            return null;
        double largest = (expected ?? []).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < input.Values.Length; i++)
        {
            double actual = gradient?[i] ?? 0, should = expected?[i] ?? 0;
            if (double.IsFinite(should) && !(Math.Abs(actual - should) <= relative * Math.Abs(should) + ofLargest * largest + floor))
            {
                return FormattableString.Invariant(
                    $"{actual:G6} instead of {should:G6}{Place(input, i)}");
            }
        }

        return null;
    }

    /// <summary>The largest difference; 0 for equal numbers, NaN and infinity included; infinite where only one is missing.</summary>
    public static double Largest(double[]? x, double[]? y)
    {
        if (x is null || y is null)
            return ReferenceEquals(x, y) ? 0 : double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (!x[i].Equals(y[i]) && x[i] != y[i])
                largest = Math.Max(largest, GradCheckEntry.ErrorOf(x[i], y[i]));
        }

        return largest;
    }

    private static string Place(CheckedInput input, int element) =>
        input.Shape.Rank == 0 ? "" : $" at {Elements.Text(Elements.Index(element, input.Shape))}";
}

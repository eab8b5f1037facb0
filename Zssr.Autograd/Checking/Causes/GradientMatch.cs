namespace Zssr.Autograd.Checking;

/// <summary>Comparisons of whole gradients, as close as central differences allow.</summary>
internal static class GradientMatch
{
    private const double Closeness = 1e-4;

    /// <summary>Whether all elements are equal, relative to the largest of them.</summary>
    public static bool AreEqual(double[] x, double[] y)
    {
        if (x.Length != y.Length)
            return false;
        double allowed = Allowed(y);
        for (int i = 0; i < x.Length; i++)
        {
            if (!(Math.Abs(x[i] - y[i]) <= allowed))
                return false;
        }

        return true;
    }

    /// <summary>r where x = r · y in all elements; null where there is no such number.</summary>
    public static double? Ratio(double[] x, double[] y)
    {
        // The r of least squares.
        double ratio = x.Zip(y, (a, b) => a * b).Sum() / y.Sum(b => b * b);
        return double.IsFinite(ratio) && ratio != 0 && AreEqual(x, [.. y.Select(value => ratio * value)]) ? ratio : null;
    }

    /// <summary>Whether one element is as it should be.</summary>
    public static bool IsRight(double x, double y, double allowed) => Math.Abs(x - y) <= allowed;

    /// <summary>How far elements may be apart to count as equal to those of <paramref name="y"/>.</summary>
    public static double Allowed(double[] y) => Closeness * y.Select(Math.Abs).DefaultIfEmpty(0).Max() + 1e-9;
}

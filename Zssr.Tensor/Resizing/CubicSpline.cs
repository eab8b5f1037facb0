namespace Zssr.Tensors;

/// <summary>
/// Shifts samples by a fraction of a pixel along one axis, by the cubic spline that passes through them.
/// </summary>
/// <remarks>
/// The spline is f(u) = Σ_j c[j] · B(u − j) with the cubic B-spline B, a bell 4 pixels wide: B(0) = 4/6, B(±1) = 1/6, B(±2) = 0.
/// B is not 1 at 0 and 0 at its neighbours, so putting the samples themselves in the place of c would blur them. The coefficients
/// for which f does pass through the samples, f(i) = x[i] for every i, solve
///     (c[i − 1] + 4·c[i] + c[i + 1]) / 6 = x[i],
/// one equation a sample: a tridiagonal system. Finding c is called prefiltering (M. Unser, "Splines: a perfect fit for signal and
/// image processing", 1999). At the ends the spline is mirrored about the first and the last sample, c[−1] = c[1], c[n] = c[n − 2].
/// SciPy's <c>ndimage.shift(order=3, mode="constant")</c> computes the same by a recursive filter.
/// </remarks>
internal static class CubicSpline
{
    private const double WholeWithin = 1e-9;

    /// <summary>
    /// y[i] = f(i − shift), and 0 where i − shift lies outside the samples, 0 … n − 1; n is 2 or more. Whole shifts move the samples
    /// unchanged, to the last bit.
    /// </summary>
    public static double[] Shift(ReadOnlySpan<double> samples, double shift)
    {
        int n = samples.Length;
        if (Math.Abs(shift - Math.Round(shift)) <= WholeWithin)
            return Moved(samples, Math.Round(shift));
        double[] coefficients = Prefilter(samples);
        double[] shifted = new double[n];
        for (int i = 0; i < n; i++)
        {
            double u = i - shift;
            if (u < 0 || u > n - 1)
                continue;
            int left = (int)Math.Floor(u) - 1;
            for (int j = left; j < left + 4; j++)
                shifted[i] += coefficients[BorderIndex.Reflect(j, n)] * Bell(u - j);
        }

        return shifted;
    }

    private static double[] Moved(ReadOnlySpan<double> samples, double shift)
    {
        double[] moved = new double[samples.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            if (i - shift >= 0 && i - shift < moved.Length)
                moved[i] = samples[(int)(i - shift)];
        }

        return moved;
    }

    /// <summary>The cubic B-spline: 2/3 − x² + |x|³/2 for |x| ≤ 1, (2 − |x|)³/6 for |x| ≤ 2, else 0.</summary>
    private static double Bell(double x)
    {
        x = Math.Abs(x);
        if (x <= 1)
            return 2.0 / 3 - x * x * (1 - x / 2);
        return x < 2 ? Math.Pow(2 - x, 3) / 6 : 0;
    }

    /// <summary>
    /// Solves the tridiagonal system by elimination downwards and substitution upwards. Row i reads
    /// below·c[i − 1] + 4·c[i] + above·c[i + 1] = 6·x[i], with below = above = 1 except at the ends,
    /// where mirroring makes the one neighbour count twice.
    /// </summary>
    private static double[] Prefilter(ReadOnlySpan<double> samples)
    {
        int n = samples.Length;
        double[] coefficients = new double[n];
        double[] above = new double[n];
        above[0] = 2.0 / 4;
        coefficients[0] = 6 * samples[0] / 4;
        for (int i = 1; i < n; i++)
        {
            double below = i == n - 1 ? 2 : 1;
            double pivot = 4 - below * above[i - 1];
            above[i] = 1 / pivot;
            coefficients[i] = (6 * samples[i] - below * coefficients[i - 1]) / pivot;
        }

        for (int i = n - 2; i >= 0; i--)
            coefficients[i] -= above[i] * coefficients[i + 1];
        return coefficients;
    }
}

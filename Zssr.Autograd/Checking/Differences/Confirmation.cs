namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether a gradient is surely wrong by an error that is below the absolute tolerance. The slopes over longer steps must be the same, and
/// the gradient as far from them: rounding errors shrink as the step grows, errors of the difference itself grow with its square, and beside
/// a kink the gradient lies between the slopes of the two sides.
/// </summary>
internal static class Confirmation
{
    private static readonly double[] Factors = [1, 4, 16];

    // Where the function does not change at all, the gradient may still be what rounding leaves of terms that cancel.
    private const double RoundingOfZero = 1e-12;

    public static bool IsSure(Steps steps, double[] middle, int j, double slope, double gradient)
    {
        double error = Math.Abs(gradient - slope);
        return (slope != 0 || error > RoundingOfZero) && Factors.All(factor =>
        {
            Sides sides = steps.Of(factor);
            double left = sides.Left(middle, j), right = sides.Right(middle, j);
            double outside = Math.Max(Math.Min(left, right) - gradient, gradient - Math.Max(left, right));
            return outside >= error / 2 && Math.Abs(sides.Central(j) - slope) <= error / 4;
        });
    }
}

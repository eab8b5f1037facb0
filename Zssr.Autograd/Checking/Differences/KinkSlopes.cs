namespace Zssr.Autograd.Checking;

/// <summary>
/// The slopes beside a kink. There is no derivative at one, but a gradient that stands for it lies between the slopes of the two sides (as
/// every subgradient of a convex function does), or, at a step, between those beside the step.
/// </summary>
internal static class KinkSlopes
{
    private const double Inner = 1.0 / 16, Innermost = 1.0 / 64, Outer = 1.0 / 4;

    /// <summary>The least and the largest slope that a gradient may lie between; everything where rounding hides them.</summary>
    public static (double Low, double High) Beside(
        Steps steps, double[] middle, int j, double noise, Func<double, double, double> allowed)
    {
        Sides inner = steps.Of(Inner), innermost = steps.Of(Innermost), outer = steps.Of(Outer);
        if (!inner.IsMoved || !innermost.IsMoved)
            return (double.NegativeInfinity, double.PositiveInfinity);
        double slope = inner.Central(j);
        // A kink that is some way off: the function is smooth at the point itself.
        if (inner.Bend(middle, j) <= allowed(slope, 1) + noise / Inner
            && Math.Abs(slope - innermost.Central(j)) <= allowed(slope, 1) + noise / Innermost)
        {
            return (slope, slope);
        }

        double right = (outer.Above[j] - inner.Above[j]) / (outer.DistanceAbove - inner.DistanceAbove);
        double left = (inner.Below[j] - outer.Below[j]) / (outer.DistanceBelow - inner.DistanceBelow);
        return double.IsFinite(left) && double.IsFinite(right)
            ? (Math.Min(left, right), Math.Max(left, right)) : (double.NegativeInfinity, double.PositiveInfinity);
    }

    /// <summary>How far outside of them it may be, as the slopes are measured over small distances and may bend.</summary>
    public static double Slack(double low, double high, double noise, Func<double, double, double> allowed) =>
        double.IsFinite(high) && double.IsFinite(low)
            ? allowed(Math.Max(Math.Abs(low), Math.Abs(high)), 1) + noise / Innermost + 0.05 * (high - low) : allowed(0, 1);
}

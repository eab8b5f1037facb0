namespace Zssr.App.Charts;

/// <summary>Makes a long, noisy series of losses fit to be drawn.</summary>
internal static class LossCurve
{
    /// <summary>
    /// At most about <paramref name="mostPoints"/> points with the same outline: the lowest and the highest loss of each of equally many
    /// iterations, so that no spike is lost. NaN and infinite losses are left out.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Thinned(IReadOnlyList<double> losses, int mostPoints)
    {
        int bucket = Math.Max(1, ((2 * losses.Count) + mostPoints - 1) / mostPoints);
        var kept = new List<CurvePoint>();
        for (int start = 0; start < losses.Count; start += bucket)
        {
            List<CurvePoint> points = Finite(losses, start, start + bucket);
            if (points.Count > 0)
                kept.AddRange(new[] { points.MinBy(p => p.Value), points.MaxBy(p => p.Value) }.Distinct().OrderBy(p => p.Iteration));
        }

        return kept;
    }

    /// <summary>
    /// The moving median: at each of at most <paramref name="mostPoints"/> iterations, the middle one of the losses around it. Unlike a
    /// mean it does not jump when one crop is unusually hard.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Smoothed(IReadOnlyList<double> losses, int mostPoints)
    {
        int reach = Math.Max(1, losses.Count / 100);
        int step = Math.Max(1, (losses.Count + mostPoints - 1) / mostPoints);
        var medians = new List<CurvePoint>();
        for (int iteration = 0; iteration < losses.Count; iteration += step)
        {
            // As far to both sides where there are enough losses, or a steep start would be drawn too low.
            int sides = Math.Clamp(Math.Min(iteration, losses.Count - 1 - iteration), reach / 4, reach);
            List<CurvePoint> around = Finite(losses, Math.Max(0, iteration - sides), iteration + sides + 1);
            around.Sort((a, b) => a.Value.CompareTo(b.Value));
            if (around.Count > 0)
                medians.Add(new CurvePoint(iteration, around[around.Count / 2].Value));
        }

        return medians;
    }

    private static List<CurvePoint> Finite(IReadOnlyList<double> losses, int start, int end)
    {
        var points = new List<CurvePoint>();
        for (int i = start; i < Math.Min(end, losses.Count); i++)
        {
            if (double.IsFinite(losses[i]))
                points.Add(new CurvePoint(i, losses[i]));
        }

        return points;
    }
}

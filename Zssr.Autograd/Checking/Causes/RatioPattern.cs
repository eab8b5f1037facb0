using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a = r · n, and what r may come from.</summary>
internal static class RatioPattern
{
    public static string? Describe(double[] a, double[] n, Shape shape, CheckedFunction function)
    {
        if (GradientMatch.Ratio(a, n) is not { } ratio)
            return null;
        string counts = string.Join(" and ", Counts(shape, function)
            .Where(count => IsClose(ratio, count.Number) || IsClose(ratio, 1.0 / count.Number))
            .Select(count => $"{count.Number} is the number of {count.Name}"));
        string hint = counts.Length == 0 ? ""
            : ratio < 1 ? $" ({counts}: was a mean taken for a sum?)" : $" ({counts}: was a sum taken for a mean?)";
        return ratio switch
        {
            _ when IsClose(ratio, -1) => "has the wrong sign: it is −1 times what it should be, everywhere",
            _ when IsClose(ratio, 2) => $"is twice what it should be, everywhere{hint}",
            _ when IsClose(ratio, 0.5) => $"is half of what it should be, everywhere{hint}",
            _ when ratio > 0 && Math.Round(1 / ratio) > 1 && IsClose(1 / ratio, Math.Round(1 / ratio)) =>
                string.Create(CultureInfo.InvariantCulture, $"is 1/{Math.Round(1 / ratio)} of what it should be, everywhere{hint}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"is {ratio:G6} times what it should be, everywhere{hint}"),
        };
    }

    /// <summary>Counts that a forgotten or superfluous mean may divide by, each with all that there are as many of.</summary>
    private static IEnumerable<(int Number, string Name)> Counts(Shape shape, CheckedFunction function)
    {
        var counts = new List<(int Number, string Name)> { (shape.ElementCount, "elements of this input") };
        if (function.OutputCount != shape.ElementCount)
            counts.Add((function.OutputCount, "elements of the output"));
        counts.AddRange(Axes(shape, ""));
        if (function.Outputs.Count == 1 && function.Outputs[0].Shape != shape)
            counts.AddRange(Axes(function.Outputs[0].Shape, " of the output"));
        return counts.Where(count => count.Number > 1).GroupBy(count => count.Number)
            .Select(group => (group.Key, group.First().Name.Contains("axis", StringComparison.Ordinal)
                ? string.Join(" and of ", group.Select(count => count.Name)) : group.First().Name));
    }

    /// <summary>A factor of 2 has simpler reasons than an axis of two elements.</summary>
    private static IEnumerable<(int Number, string Name)> Axes(Shape shape, string ofWhat) => Enumerable.Range(0, shape.Rank)
        .Where(axis => shape[axis] > 2)
        .Select(axis => (shape[axis], $"elements along axis {axis}{ofWhat}"));

    private static bool IsClose(double x, double y) => Math.Abs(x - y) <= 1e-4 * Math.Abs(y);
}

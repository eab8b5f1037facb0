using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a gradient has the right numbers in the wrong places: transposed, flipped or shifted.</summary>
internal static class TensorOrder
{
    private const int MostAxes = 5;

    public static string? Describe(double[] a, double[] n, Shape shape)
    {
        if (shape.Rank > MostAxes)
            return null;
        return Flipped(a, n, shape) ?? Transposed(a, n, shape) ?? Shifted(a, n, shape);
    }

    private static string? Flipped(double[] a, double[] n, Shape shape)
    {
        for (int axes = 1; axes < 1 << shape.Rank; axes++)
        {
            int set = axes;
            double[] flipped = Rearranged(
                n, shape, shape, index => [.. index.Select((i, k) => (set >> k & 1) != 0 ? shape[k] - 1 - i : i)]);
            if (GradientMatch.AreEqual(a, flipped))
                return $"is flipped along axis {string.Join(" and ", Enumerable.Range(0, shape.Rank).Where(k => (set >> k & 1) != 0))}";
        }

        return null;
    }

    private static string? Transposed(double[] a, double[] n, Shape shape)
    {
        foreach (int[] order in Orders(shape.Rank).Skip(1))
        {
            Shape transposed = [.. order.Select(axis => shape[axis])];
            double[] moved = Rearranged(n, shape, transposed, index =>
            {
                var source = new int[index.Length];
                for (int k = 0; k < index.Length; k++)
                    source[order[k]] = index[k];
                return source;
            });
            if (GradientMatch.AreEqual(a, moved))
                return $"is transposed: its numbers are in the order of axes ({string.Join(", ", order)})";
        }

        return null;
    }

    /// <summary>One place along an axis, zeros coming in; the last row of what should be there is lost.</summary>
    private static string? Shifted(double[] a, double[] n, Shape shape)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            foreach (int step in (int[])[1, -1])
            {
                (int along, int by) = (axis, step);
                bool[] inside =
                    [.. Enumerable.Range(0, a.Length).Select(i => IsInside(Elements.Index(i, shape)[along] - by, shape[along]))];
                if (!inside.Any(isInside => isInside))
                    continue;
                double[] moved = Rearranged(n, shape, shape, index =>
                    [.. index.Select((i, k) => k == along ? Math.Clamp(i - by, 0, shape[k] - 1) : i)]);
                if (GradientMatch.AreEqual([.. a.Where((_, i) => inside[i])], [.. moved.Where((_, i) => inside[i])]))
                    return $"is shifted by {(by > 0 ? "+1" : "−1")} along axis {along}";
            }
        }

        return null;

        static bool IsInside(int index, int size) => index >= 0 && index < size;
    }

    private static double[] Rearranged(double[] values, Shape shape, Shape target, Func<int[], int[]> source)
    {
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = values[Elements.Flat(source(Elements.Index(i, target)), shape)];
        return result;
    }

    /// <summary>All orders of the axes, the natural one first.</summary>
    private static IEnumerable<int[]> Orders(int axes)
    {
        if (axes == 0)
            return [[]];
        return Enumerable.Range(0, axes).SelectMany(first =>
            Orders(axes - 1).Select(rest => (int[])[first, .. rest.Select(k => k < first ? k : k + 1)]));
    }
}

using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a gradient has the right numbers in the wrong places: transposed, flipped or shifted.</summary>
internal static class TensorOrder
{
    private const int MostAxes = 4;

    public static string? Describe(double[] a, double[] n, Shape shape)
    {
        if (shape.Rank <= MostAxes)
        {
            foreach (Rearrangement change in Rearrangement.All(shape))
            {
                if (GradientMatch.AreEqual(a, change.Of(n, shape)))
                    return $"is {change.Words}";
            }
        }

        return Shifted(a, n, shape);
    }

    /// <summary>The numbers at one index of an axis, and zeros elsewhere.</summary>
    public static double[] Only(double[] values, Shape shape, int axis, int index) =>
        [.. values.Select((value, i) => Elements.Index(i, shape)[axis] == index ? value : 0)];

    /// <summary>Some places along an axis, whatever comes in; what is moved out is lost.</summary>
    private static string? Shifted(double[] a, double[] n, Shape shape)
    {
        int[][] indexes = [.. Enumerable.Range(0, a.Length).Select(i => Elements.Index(i, shape))];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            // What is left of a longer shift is too little to tell.
            foreach (int by in Enumerable.Range(1, Math.Max(1, shape[axis] / 2)).SelectMany(step => (int[])[step, -step]))
            {
                (int along, int size) = (axis, shape[axis]);
                int[] inside = [.. Enumerable.Range(0, a.Length).Where(i => indexes[i][along] - by >= 0 && indexes[i][along] - by < size)];
                double[] moved =
                    [.. inside.Select(i => n[Elements.Flat([.. indexes[i].Select((index, k) => k == along ? index - by : index)], shape)])];
                if (moved.Any(value => value != 0) && GradientMatch.AreEqual([.. inside.Select(i => a[i])], moved))
                    return $"is shifted by {(by > 0 ? "+" : "−")}{Math.Abs(by)} along axis {axis}";
            }
        }

        return null;
    }
}

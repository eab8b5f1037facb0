using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether a gradient is right for another output gradient than the one it was given, or belongs to the function itself instead of its
/// transpose: n is linear in dy, n = Jᵀ dy, so what was done to dy shows as Jᵀ applied to what was done.
/// </summary>
internal static class OutputGradientPattern
{
    private const int MostAxes = 4;
    private const long LargestJacobian = 1 << 16;

    public static string? Describe(CheckedFunction function, int input, double[] dy, double[] a)
    {
        if (function.Outputs.Count != 1 || a.Length < 2)
            return null;
        return Untransposed(function, input, dy, a)
            ?? ((long)a.Length * dy.Length > LargestJacobian ? null : OfChanged(function, input, dy, a));
    }

    /// <summary>J dy instead of Jᵀ dy, where input and output have as many numbers.</summary>
    private static string? Untransposed(CheckedFunction function, int input, double[] dy, double[] a)
    {
        if (dy.Length != a.Length)
            return null;
        CheckedInput x = function.Inputs[input];
        double[] above = function.Evaluate(input, Directions.Moved(x, dy, x.Epsilon));
        double[] below = function.Evaluate(input, Directions.Moved(x, dy, -x.Epsilon));
        return GradientMatch.AreEqual(a, [.. above.Zip(below, (f, g) => (f - g) / (2 * x.Epsilon))])
            ? "is J dy instead of Jᵀ dy: the other operand is not transposed, the taps are not flipped, or a rearrangement is done again "
                + "instead of undone"
            : null;
    }

    private static string? OfChanged(CheckedFunction function, int input, double[] dy, double[] a)
    {
        Shape shape = function.Outputs[0].Shape, ofInput = function.Inputs[input].Shape;
        if (shape.Rank is 0 or > MostAxes)
            return null;
        double[][] columns = NumericGradient.Columns(function, input);
        double[] Gradient(double[] u) => [.. columns.Select(column => column.Zip(u, (slope, weight) => slope * weight).Sum())];
        return OfOneIndex(shape, dy, a, Gradient) ?? OfRearranged(shape, ofInput, dy, a, Gradient);
    }

    private static string? OfOneIndex(Shape shape, double[] dy, double[] a, Func<double[], double[]> gradient)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            foreach (int index in shape[axis] > 1 ? (int[])[0, shape[axis] - 1] : [])
            {
                if (GradientMatch.AreEqual(a, gradient(TensorOrder.Only(dy, shape, axis, index))))
                {
                    return $"comes from index {index} of the output gradient's axis {axis} alone: the sum over that axis, such as that of a "
                        + "batch, is missing";
                }
            }
        }

        return null;
    }

    private static string? OfRearranged(Shape shape, Shape ofInput, double[] dy, double[] a, Func<double[], double[]> gradient)
    {
        foreach (Rearrangement change in Rearrangement.All(shape).Where(change => change.Keeps(shape)))
        {
            double[] ofChanged = gradient(change.Of(dy, shape));
            if (GradientMatch.AreEqual(a, ofChanged))
                return $"is that of an output gradient which is {change.Words}: its axes are mixed up";
            if (change.IsFlip && ofInput.Rank == shape.Rank && GradientMatch.AreEqual(a, change.Of(ofChanged, ofInput)))
                return $"is that of the function with its taps {change.Words}: they are flipped once too often, or not at all";
        }

        return null;
    }
}

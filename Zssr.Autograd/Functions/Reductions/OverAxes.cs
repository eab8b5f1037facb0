using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>Statistics over some axes, made of <see cref="SumAxesFunction"/> and <see cref="MaxAxesFunction"/>.</summary>
public static class OverAxes
{
    /// <summary>The mean: Σ x / n. NaN where there are no elements, as in PyTorch.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <returns>x's shape without the axes, or with 1 in their places.</returns>
    /// <exception cref="ShapeException">x has no such axis, or it is named twice.</exception>
    public static Variable Mean(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return SumAxesFunction.Apply(x, axes, keepsAxes) / Count("mean", x, axes);
    }

    /// <summary>The smallest element: −max(−x). NaN where one is NaN.</summary>
    /// <inheritdoc cref="MaxAxesFunction.Apply"/>
    public static Variable Min(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return -MaxAxesFunction.Apply(-x, axes, keepsAxes);
    }

    /// <summary>
    /// The variance: Σ (x − mean)² / (n − correction). In two passes, the mean first: E[x²] − E[x]² would lose all digits where the mean is
    /// large.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <param name="correction">0 for the population's variance, 1 for Bessel's estimate from a sample.</param>
    /// <returns>x's shape without the axes, or with 1 in their places.</returns>
    /// <exception cref="ShapeException">x has no such axis, or it is named twice.</exception>
    public static Variable Variance(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false, int correction = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Variable deviations = x - Mean(x, axes, keepsAxes: true);
        return SumAxesFunction.Apply(SquareFunction.Apply(deviations), axes, keepsAxes) / (Count("variance", x, axes) - correction);
    }

    /// <summary>
    /// log Σ exp(x), without overflow: m + log Σ exp(x − m) with the largest element m. −∞ where all elements are −∞.
    /// </summary>
    /// <inheritdoc cref="MaxAxesFunction.Apply"/>
    public static Variable LogSumExp(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        using Tensor largest = LargestFinite(x, axes);
        Variable shift = x.Tape.Constant(largest);
        Variable sum = SumAxesFunction.Apply(ExpFunction.Apply(x - shift), axes, keepsAxes);
        return LogFunction.Apply(sum) + ReshapeFunction.Apply(shift, sum.Shape);
    }

    /// <summary>
    /// exp(x) / Σ exp(x) along one axis, without overflow. An element of −∞ (a mask) has the share 0; where all are −∞ the result is NaN, as
    /// in PyTorch.
    /// </summary>
    /// <param name="x">Any shape with at least one axis.</param>
    /// <param name="axis">Counted from 0, or from −1 backward.</param>
    /// <returns>Of x's shape; the sum along the axis is 1.</returns>
    /// <exception cref="ShapeException">x has no such axis.</exception>
    public static Variable Softmax(Variable x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        using Tensor largest = LargestFinite(x, [axis]);
        Variable exponentials = ExpFunction.Apply(x - x.Tape.Constant(largest));
        return exponentials / SumAxesFunction.Apply(exponentials, [axis], keepsAxes: true);
    }

    /// <summary>log softmax(x) = x − log Σ exp(x) along one axis; −∞ for an element of −∞.</summary>
    /// <inheritdoc cref="Softmax"/>
    public static Variable LogSoftmax(Variable x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x - LogSumExp(x, [axis], keepsAxes: true);
    }

    private static double Count(string operation, Variable x, ReadOnlySpan<int> axes)
    {
        double count = 1;
        foreach (int axis in AxisList.Of(operation, x.Shape, axes))
            count *= x.Shape[axis];
        return count;
    }

    /// <summary>
    /// What is taken off before exp, with the axes kept: the largest element, but at least the lowest number that there is, for −∞ − −∞ is
    /// NaN. Any constant gives the same value and derivatives.
    /// </summary>
    private static Tensor LargestFinite(Variable x, ReadOnlySpan<int> axes)
    {
        using Tensor largest = Reduction.Max(x.Value, axes, keepsAxes: true);
        return Elementwise.Clamp(largest, x.Value.DType == DType.Float32 ? float.MinValue : double.MinValue, double.PositiveInfinity);
    }
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = the largest x over some axes. Backward: dx = dy at that element; where several are equally large, each gets an equal part, as in
/// PyTorch's amax.
/// </summary>
public sealed class MaxAxesFunction : UnaryFunction
{
    private readonly int[] _axes;
    private readonly Shape _kept;
    private readonly Shape _result;

    private MaxAxesFunction(int[] axes, Shape kept, Shape result) => (_axes, _kept, _result) = (axes, kept, result);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axes", string.Join(" ", _axes))];

    /// <summary>The largest element over some axes; NaN where one is NaN.</summary>
    /// <param name="x">Any shape with at least one element.</param>
    /// <param name="axes">Counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <returns>x's shape without the axes, or with 1 in their places.</returns>
    /// <exception cref="ShapeException">x has no such axis, it is named twice, or x is empty.</exception>
    public static Variable Apply(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] reduced = AxisList.Of("max", x.Shape, axes);
        Shape kept = AxisList.Reduced(x.Shape, reduced, keepsAxes: true);
        return Run(new MaxAxesFunction(reduced, kept, AxisList.Reduced(x.Shape, reduced, keepsAxes)), x);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        using Tensor largest = _axes.Length == 0 ? x.Share() : Reduction.Max(x, _axes);
        return largest.Reshape(_result);
    }

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        // max(x, y) shares ½ at elements equal to y and 0 at smaller ones; twice that marks them.
        using Tensor kept = y.Value.Reshape(_kept);
        using Tensor largest = Strided.Expand(kept, x.Shape);
        using Tensor halfMarks = Elementwise.MaximumShare(x.Value, largest);
        using Tensor half = _axes.Length == 0 ? halfMarks.Share() : Reduction.Sum(halfMarks, _axes, keepsAxes: true);
        using Tensor halves = Strided.Expand(half, x.Shape);
        Variable share = x.Tape.Constant(halfMarks) / x.Tape.Constant(halves);
        return ExpandFunction.Apply(ReshapeFunction.Apply(dy, _kept), x.Shape) * share;
    }
}

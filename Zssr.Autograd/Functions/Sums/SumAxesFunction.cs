using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = Σ x over some axes. Backward: dx = dy, repeated along them.</summary>
public sealed class SumAxesFunction : UnaryFunction
{
    private readonly int[] _axes;
    private readonly Shape _kept;
    private readonly Shape _result;

    private SumAxesFunction(int[] axes, Shape kept, Shape result) => (_axes, _kept, _result) = (axes, kept, result);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axes", string.Join(" ", _axes))];

    /// <summary>The sum over some axes.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <returns>x's shape without the axes, or with 1 in their places.</returns>
    /// <exception cref="ShapeException">x has no such axis, or it is named twice.</exception>
    public static Variable Apply(Variable x, ReadOnlySpan<int> axes, bool keepsAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] summed = AxisList.Of("sum", x.Shape, axes);
        return ToShape(x, summed, AxisList.Reduced(x.Shape, summed, keepsAxes));
    }

    /// <summary>The sum over axes, in a shape with as many elements as are left.</summary>
    internal static Variable ToShape(Variable x, int[] axes, Shape result) =>
        Run(new SumAxesFunction(axes, AxisList.Reduced(x.Shape, axes, keepsAxes: true), result), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        if (_axes.Length == 0)
            return x.Reshape(_result);
        using Tensor sums = Reduction.Sum(x, _axes);
        return sums.Reshape(_result);
    }

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        ExpandFunction.Apply(ReshapeFunction.Apply(dy, _kept), x.Shape);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x with its axes in another order, see <see cref="Strided.Permute"/>. Backward: dx = dy in the old order.</summary>
public sealed class PermuteFunction : UnaryFunction
{
    private readonly int[] _order;

    private PermuteFunction(int[] order) => _order = order;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axes", string.Join(" ", _order))];

    /// <summary>x with axis <paramref name="axes"/>[a] as axis a: of [2, 3, 4] and the order 2, 0, 1: [4, 2, 3].</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Each axis of x once, counted from 0, or from −1 backward.</param>
    /// <exception cref="ShapeException">The list does not name each axis once.</exception>
    public static Variable Apply(Variable x, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(new PermuteFunction(AxisList.Order("permute", x.Shape, axes)), x);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Strided.Permute(x, _order);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        int[] inverse = new int[_order.Length];
        for (int axis = 0; axis < inverse.Length; axis++)
            inverse[_order[axis]] = axis;
        return Apply(dy, inverse);
    }
}

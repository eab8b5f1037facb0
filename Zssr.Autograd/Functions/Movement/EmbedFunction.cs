using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x at a place along one axis of a tensor of zeros. Backward: dx = that part of dy.</summary>
public sealed class EmbedFunction : UnaryFunction
{
    private readonly (int Axis, int Start, int Size) _place;

    private EmbedFunction(int axis, int start, int size) => _place = (axis, start, size);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axis", _place.Axis), ("start", _place.Start)];

    /// <summary>
    /// x from index start on along an axis, counted from 0, with zeros before and after: x's shape, with that axis's size replaced.
    /// </summary>
    /// <exception cref="ShapeException">x has no such axis, or does not fit there.</exception>
    public static Variable Apply(Variable x, int axis, int start, int size) => Run(new EmbedFunction(axis, start, size), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Window.Embed(x, _place.Axis, _place.Start, _place.Size);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        SliceFunction.Apply(dy, _place.Axis, _place.Start, x.Shape[_place.Axis]);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the elements of x whose index along one axis is in a range. Backward: dx = dy in its place, zeros elsewhere.</summary>
public sealed class SliceFunction : UnaryFunction
{
    private readonly (int Axis, int Start, int Length) _range;

    private SliceFunction(int axis, int start, int length) => _range = (axis, start, length);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axis", _range.Axis), ("start", _range.Start)];

    /// <summary>
    /// The elements start … start + length − 1 of x along an axis, counted from 0: x's shape, with that axis's size replaced by length.
    /// </summary>
    /// <exception cref="ShapeException">x has no such axis, or the range is not inside it.</exception>
    public static Variable Apply(Variable x, int axis, int start, int length) => Run(new SliceFunction(axis, start, length), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Window.Slice(x, _range.Axis, _range.Start, _range.Length);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        EmbedFunction.Apply(dy, _range.Axis, _range.Start, x.Shape[_range.Axis]);
}

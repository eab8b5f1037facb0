using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>z = x + y. Backward: dx = dz, dy = dz.</summary>
public sealed class AddFunction : BinaryFunction
{
    /// <summary>z = x + y; the shapes go together by NumPy's rules, see <see cref="BinaryFunction"/>.</summary>
    /// <exception cref="ShapeException">The shapes do not go together; the message names the axis.</exception>
    public static Variable Apply(Variable x, Variable y) => Run(new AddFunction(), x, y);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Tensor y) => Elementwise.Add(x, y);

    /// <inheritdoc/>
    protected override Variable BackwardX(Variable x, Variable y, Variable dz) => dz;

    /// <inheritdoc/>
    protected override Variable BackwardY(Variable x, Variable y, Variable dz) => dz;
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>z = x − y. Backward: dx = dz, dy = −dz.</summary>
public sealed class SubtractFunction : BinaryFunction
{
    /// <summary>z = x − y, of x's shape; y has that shape too, or [C] for one number a channel.</summary>
    /// <exception cref="ShapeException">y has another shape.</exception>
    public static Variable Apply(Variable x, Variable y) => Run(new SubtractFunction(), x, y);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Tensor y) => Elementwise.Subtract(x, y);

    /// <inheritdoc/>
    protected override Variable BackwardX(Variable x, Variable y, Variable dz) => dz;

    /// <inheritdoc/>
    protected override Variable BackwardY(Variable x, Variable y, Variable dz) => -dz;
}

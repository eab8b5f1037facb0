using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>z = x · y. Backward: dx = dz · y, dy = dz · x.</summary>
public sealed class MultiplyFunction : BinaryFunction
{
    /// <summary>z = x · y, of x's shape; y has that shape too, or [C] for one number a channel.</summary>
    /// <exception cref="ShapeException">y has another shape.</exception>
    public static Variable Apply(Variable x, Variable y) => Run(new MultiplyFunction(), x, y);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Tensor y) => Elementwise.Multiply(x, y);

    /// <inheritdoc/>
    protected override Variable BackwardX(Variable x, Variable y, Variable dz) => dz * y;

    /// <inheritdoc/>
    protected override Variable BackwardY(Variable x, Variable y, Variable dz) => dz * x;
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x with left and right exchanged. Backward: dx = dy with left and right exchanged.</summary>
public sealed class FlipHorizontalFunction : UnaryFunction
{
    /// <inheritdoc cref="FlipHorizontalFunction"/>
    public static Variable Apply(Variable x) => Run(new FlipHorizontalFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Orientation.FlipHorizontal(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy);
}

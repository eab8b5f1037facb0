using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x with top and bottom exchanged. Backward: dx = dy with top and bottom exchanged.</summary>
public sealed class FlipVerticalFunction : UnaryFunction
{
    /// <inheritdoc cref="FlipVerticalFunction"/>
    public static Variable Apply(Variable x) => Run(new FlipVerticalFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Orientation.FlipVertical(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy);
}

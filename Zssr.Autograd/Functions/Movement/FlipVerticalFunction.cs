using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x with top and bottom exchanged. Backward: dx = dy with top and bottom exchanged.</summary>
public sealed class FlipVerticalFunction : UnaryFunction
{
    /// <summary>The images x [N, H, W, C] with top and bottom exchanged; y has x's shape.</summary>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Variable Apply(Variable x) => Run(new FlipVerticalFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Orientation.FlipVertical(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy);
}

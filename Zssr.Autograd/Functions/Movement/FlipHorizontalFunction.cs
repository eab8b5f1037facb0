using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x with left and right exchanged. Backward: dx = dy with left and right exchanged.</summary>
public sealed class FlipHorizontalFunction : UnaryFunction
{
    /// <summary>The images x [N, H, W, C] with left and right exchanged; y has x's shape.</summary>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Variable Apply(Variable x) => Run(new FlipHorizontalFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Orientation.FlipHorizontal(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy);
}

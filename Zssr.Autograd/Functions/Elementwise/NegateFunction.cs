using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = −x. Backward: dx = −dy.</summary>
public sealed class NegateFunction : UnaryFunction
{
    /// <summary>y = −x for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new NegateFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Negate(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => -dy;
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = eˣ. Backward: dx = dy · y.</summary>
public sealed class ExpFunction : UnaryFunction
{
    /// <summary>y = eˣ for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new ExpFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Exp(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * y;
}

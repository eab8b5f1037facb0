using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = tanh x. Backward: dx = dy · (1 − y²).</summary>
public sealed class TanhFunction : UnaryFunction
{
    /// <summary>y = tanh x for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new TanhFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Tanh(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * (1 - SquareFunction.Apply(y));
}

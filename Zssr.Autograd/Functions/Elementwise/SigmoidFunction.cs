using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = 1 / (1 + e⁻ˣ). Backward: dx = dy · y(1 − y).</summary>
public sealed class SigmoidFunction : UnaryFunction
{
    /// <summary>y = 1 / (1 + e⁻ˣ) for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new SigmoidFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Sigmoid(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * (y * (1 - y));
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = max(x, 0). Backward: dx = dy where x &gt; 0, else 0 (the subgradient at 0 is 0, as in PyTorch).</summary>
public sealed class ReluFunction : UnaryFunction
{
    /// <summary>y = max(x, 0) for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new ReluFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Relu(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        PassWherePositiveFunction.Apply(dy, y); // y > 0 exactly where x > 0
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = √x. Backward: dx = dy / (2y).</summary>
public sealed class SqrtFunction : UnaryFunction
{
    /// <summary>y = √x for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new SqrtFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Sqrt(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy / (y * 2);
}

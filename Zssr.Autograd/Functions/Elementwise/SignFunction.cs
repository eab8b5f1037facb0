using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = −1, 0 or 1 with the sign of x. Backward: dx = 0, since y is constant between its steps.</summary>
public sealed class SignFunction : UnaryFunction
{
    /// <summary>y = −1, 0 or 1 with the sign of each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new SignFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Sign(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * 0;
}

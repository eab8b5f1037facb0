using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = ln x. Backward: dx = dy / x.</summary>
public sealed class LogFunction : UnaryFunction
{
    /// <summary>y = ln x for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new LogFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Log(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy / x;
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x². Backward: dx = 2x · dy.</summary>
public sealed class SquareFunction : UnaryFunction
{
    /// <summary>y = x² for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new SquareFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Square(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * (x * 2);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = |x|. Backward: dx = dy · sign(x), 0 at 0, as in PyTorch.</summary>
public sealed class AbsFunction : UnaryFunction
{
    /// <summary>y = |x| for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new AbsFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Abs(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * SignFunction.Apply(x);
}

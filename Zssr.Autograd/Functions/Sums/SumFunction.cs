using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = Σ x, a single number. Backward: dx = dy everywhere.</summary>
public sealed class SumFunction : UnaryFunction
{
    /// <summary>y = Σ x over all elements: x of any shape gives a single number, [].</summary>
    public static Variable Apply(Variable x) => Run(new SumFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.Sum(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => BroadcastFunction.Apply(dy, x.Shape);
}

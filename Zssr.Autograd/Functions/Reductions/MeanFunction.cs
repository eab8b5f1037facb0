using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = Σ x / n, a single number. Backward: dx = dy / n everywhere.</summary>
public sealed class MeanFunction : UnaryFunction
{
    /// <summary>y = Σ x / n over all n elements: x of any shape gives a single number, [].</summary>
    public static Variable Apply(Variable x) => Run(new MeanFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.Mean(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        BroadcastFunction.Apply(dy / x.Shape.ElementCount, x.Shape);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y[c] = Σ x[…, c], one number a channel. Backward: dx[…, c] = dy[c].</summary>
public sealed class SumChannelsFunction : UnaryFunction
{
    /// <summary>y[c] = Σ x[…, c] over all pixels: x [..., C] gives [C].</summary>
    /// <exception cref="ShapeException">x is a single number: it has no channel axis.</exception>
    public static Variable Apply(Variable x) => Run(new SumChannelsFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.SumChannels(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => BroadcastFunction.Apply(dy, x.Shape);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y[c] = Σ x[…, c], one number a channel. Backward: dx[…, c] = dy[c].</summary>
public sealed class SumChannelsFunction : UnaryFunction
{
    /// <inheritdoc cref="SumChannelsFunction"/>
    public static Variable Apply(Variable x) => Run(new SumChannelsFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.SumChannels(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => BroadcastFunction.Apply(dy, x.Shape);
}

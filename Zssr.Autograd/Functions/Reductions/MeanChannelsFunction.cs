using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y[c] = the mean of x[…, c] over all pixels. Backward: dx[…, c] = dy[c] / pixels.</summary>
public sealed class MeanChannelsFunction : UnaryFunction
{
    /// <summary>The mean of each channel: x [..., C] gives [C].</summary>
    /// <exception cref="ShapeException">x is a single number: it has no channel axis.</exception>
    public static Variable Apply(Variable x) => Run(new MeanChannelsFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.MeanChannels(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        BroadcastFunction.Apply(dy * ((double)dy.Shape.ElementCount / x.Shape.ElementCount), x.Shape);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y[c] = Σ (x[…, c] − mean[c])² / pixels, the population variance of each channel. Backward: dx = dy[c] · 2 (x − mean[c]) / pixels;
/// the mean's own dependence on x adds nothing, since deviations from it sum to zero.
/// </summary>
public sealed class VarianceChannelsFunction : UnaryFunction
{
    /// <summary>The population variance of each channel: x [..., C] gives [C].</summary>
    /// <exception cref="ShapeException">x is a single number: it has no channel axis.</exception>
    public static Variable Apply(Variable x) => Run(new VarianceChannelsFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.VarianceChannels(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        double pixels = (double)x.Shape.ElementCount / dy.Shape.ElementCount;
        return (x - MeanChannelsFunction.Apply(x)) * (dy * (2 / pixels));
    }
}

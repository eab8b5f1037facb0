using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = mean of w·(x − target)². Backward: dx = dy · 2w · (x − target) / n; dtarget = −dx.</summary>
public sealed class MeanSquaredLossFunction : Function
{
    /// <summary>
    /// The loss of x against target, of equal shapes: a single number, []. Weights, if given, are constants of x's shape, or of the
    /// same with a last axis of 1: one a pixel.
    /// </summary>
    /// <exception cref="ShapeException">The target's shape is not x's, or the weights' shape does not fit.</exception>
    /// <exception cref="GraphException">A gradient is wanted for the weights; they have none.</exception>
    public static Variable Apply(Variable x, Variable target, Variable? weights = null)
    {
        if (weights is null)
            return Run(new MeanSquaredLossFunction(), x, target);
        return weights.RequiresGradient
            ? throw new GraphException("MeanSquaredLoss: the weights have no gradient, but one is wanted. Pass weights.Detach().")
            : Run(new MeanSquaredLossFunction(), x, target, weights);
    }

    /// <inheritdoc/>
    protected override Tensor Forward() => Loss.MeanSquared(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 2 ? Inputs[2].Value : null);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        Variable? weights = Inputs.Count > 2 ? Inputs[2].Detach() : null;
        Variable dx = MeanSquaredLossGradientFunction.Apply(Inputs[0], Inputs[1], dy, weights);
        Variable? dtarget = NeedsGradient(1) ? -dx : null;
        return Inputs.Count > 2 ? [dx, dtarget, null] : [dx, dtarget];
    }
}

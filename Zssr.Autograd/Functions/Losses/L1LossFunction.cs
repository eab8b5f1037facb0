using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = mean of w·|x − target|. Backward: dx = dy · w · sign(x − target) / n, 0 where they are equal, as in PyTorch; dtarget = −dx.
/// </summary>
public sealed class L1LossFunction : Function
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
            return Run(new L1LossFunction(), x, target);
        return weights.RequiresGradient
            ? throw new GraphException("L1Loss: the weights have no gradient, but one is wanted. Pass weights.Detach().")
            : Run(new L1LossFunction(), x, target, weights);
    }

    /// <inheritdoc/>
    protected override Tensor Forward() => Loss.L1(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 2 ? Inputs[2].Value : null);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        Variable? weights = Inputs.Count > 2 ? Inputs[2].Detach() : null;
        Variable dx = L1LossGradientFunction.Apply(Inputs[0], Inputs[1], dy, weights);
        Variable? dtarget = NeedsGradient(1) ? -dx : null;
        return Inputs.Count > 2 ? [dx, dtarget, null] : [dx, dtarget];
    }
}

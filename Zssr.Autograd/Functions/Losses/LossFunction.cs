using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = mean of w·ℓ(x − target), a single number; ℓ is the loss's own. Backward: dx = dy · w·ℓ′(x − target) / n; dtarget = −dx; the weights
/// have no gradient.
/// </summary>
public abstract class LossFunction : Function
{
    private readonly MeanLoss _loss;

    private protected LossFunction(MeanLoss loss) => _loss = loss;

    /// <inheritdoc/>
    public override string Name => _loss.Name;

    /// <summary>Applies the function to x and target, and to weights if there are any.</summary>
    private protected static Variable Apply(LossFunction function, Variable x, Variable target, Variable? weights)
    {
        if (weights is null)
            return Run(function, x, target);
        return weights.RequiresGradient
            ? throw new GraphException($"{function.Name}: the weights have no gradient, but one is wanted. Pass weights.Detach().")
            : Run(function, x, target, weights);
    }

    /// <inheritdoc/>
    protected sealed override Tensor Forward() =>
        _loss.Value(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 2 ? Inputs[2].Value : null);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        Variable? weights = Inputs.Count > 2 ? Inputs[2].Detach() : null;
        Variable dx = LossGradientFunction.Apply(_loss, Inputs[0], Inputs[1], dy, weights);
        Variable? dtarget = NeedsGradient(1) ? -dx : null;
        return weights is null ? [dx, dtarget] : [dx, dtarget, null];
    }
}

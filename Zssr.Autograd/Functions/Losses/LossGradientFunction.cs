using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// dx = scale · w·ℓ′(x − target) / n: the gradient of a loss, linear in the scale. Backward, for the gradient g of dx: of the scale,
/// Σ g · w·ℓ′(x − target) / n; of x, scale · w·ℓ″ · g / n, where ℓ′ is linear, and nothing where it is constant between its steps;
/// of target, the negative of that.
/// </summary>
internal sealed class LossGradientFunction : Function
{
    private readonly MeanLoss _loss;

    private LossGradientFunction(MeanLoss loss) => _loss = loss;

    /// <inheritdoc/>
    public override string Name => $"{_loss.Name}Gradient";

    /// <summary>
    /// The gradient of a loss, of x's shape, for the loss's own gradient <paramref name="scale"/>, a single number, []. Target and
    /// weights are as for the loss.
    /// </summary>
    /// <exception cref="ShapeException">The target's or the weights' shape does not fit x's, or scale is not one number.</exception>
    public static Variable Apply(MeanLoss loss, Variable x, Variable target, Variable scale, Variable? weights) => weights is null
        ? Run(new LossGradientFunction(loss), x, target, scale)
        : Run(new LossGradientFunction(loss), x, target, scale, weights);

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        _loss.Gradient(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 3 ? Inputs[3].Value : null, Inputs[2].Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable x, Variable target, Variable scale) = (Inputs[0], Inputs[1], Inputs[2]);
        Variable? weights = Inputs.Count > 3 ? Inputs[3].Detach() : null;
        Variable? toX = null, toTarget = null, toScale = null;
        if (_loss.IsSmooth && (NeedsGradient(0) || NeedsGradient(1)))
        {
            // dx is linear in x − target: the same formula with g in its place.
            using Tensor zero = Tensor.Zeros(x.Value.Device, x.Shape, x.DType);
            toX = Apply(_loss, dy, x.Tape.Constant(zero), scale, weights);
            toTarget = NeedsGradient(1) ? -toX : null;
        }

        if (NeedsGradient(2))
        {
            using Tensor one = Tensor.Full(x.Value.Device, [], 1, x.DType);
            toScale = SumFunction.Apply(dy * Apply(_loss, x, target, x.Tape.Constant(one), weights));
        }

        return weights is null ? [toX, toTarget, toScale] : [toX, toTarget, toScale, null];
    }
}

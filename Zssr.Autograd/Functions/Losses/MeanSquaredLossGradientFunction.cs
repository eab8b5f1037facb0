using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// dx = scale · 2w · (x − target) / n: the gradient of the mean squared error. Backward, for the gradient g of dx:
/// of x, scale · 2w · g / n; of target, the negative of that; of the scale, Σ g · 2w · (x − target) / n.
/// </summary>
public sealed class MeanSquaredLossGradientFunction : Function
{
    /// <summary>
    /// The gradient of the mean squared error, of x's shape, for the loss's own gradient <paramref name="scale"/>, a single number,
    /// []. Target and weights are as for the loss.
    /// </summary>
    /// <exception cref="ShapeException">The target's or the weights' shape does not fit x's, or scale is not one number.</exception>
    public static Variable Apply(Variable x, Variable target, Variable scale, Variable? weights = null) => weights is null
        ? Run(new MeanSquaredLossGradientFunction(), x, target, scale)
        : Run(new MeanSquaredLossGradientFunction(), x, target, scale, weights);

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        Loss.MeanSquaredGradient(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 3 ? Inputs[3].Value : null, Inputs[2].Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable x, Variable target, Variable scale) = (Inputs[0], Inputs[1], Inputs[2]);
        Variable? weights = Inputs.Count > 3 ? Inputs[3].Detach() : null;

        // dx is linear in x − target: the same formula with g in its place.
        using Tensor zeros = Tensor.Zeros(x.Value.Device, x.Shape, x.DType);
        Variable zero = x.Tape.Constant(zeros);
        Variable? toX = NeedsGradient(0) || NeedsGradient(1) ? Apply(dy, zero, scale, weights) : null;
        Variable? toTarget = NeedsGradient(1) ? -toX! : null;
        Variable? toScale = null;
        if (NeedsGradient(2))
        {
            using Tensor one = Tensor.Full(x.Value.Device, [], 1, x.DType);
            toScale = SumFunction.Apply(dy * Apply(x, target, x.Tape.Constant(one), weights));
        }

        return Inputs.Count > 3 ? [toX, toTarget, toScale, null] : [toX, toTarget, toScale];
    }
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// dx = scale · w · sign(x − target) / n: the gradient of the L1 loss, linear in the scale. Backward: of the scale,
/// Σ g · w · sign(x − target) / n; of x and target nothing, since the sign is constant between its steps.
/// </summary>
public sealed class L1LossGradientFunction : Function
{
    /// <summary>
    /// The gradient of the L1 loss, of x's shape, for the loss's own gradient <paramref name="scale"/>, a single number, []. Target and
    /// weights are as for the loss.
    /// </summary>
    /// <exception cref="ShapeException">The target's or the weights' shape does not fit x's, or scale is not one number.</exception>
    public static Variable Apply(Variable x, Variable target, Variable scale, Variable? weights = null) => weights is null
        ? Run(new L1LossGradientFunction(), x, target, scale)
        : Run(new L1LossGradientFunction(), x, target, scale, weights);

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        Loss.L1Gradient(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 3 ? Inputs[3].Value : null, Inputs[2].Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        if (!NeedsGradient(2))
            return new Variable?[Inputs.Count];

        Variable x = Inputs[0];
        using Tensor one = Tensor.Full(x.Value.Device, [], 1, x.DType);
        using Tensor slope = Loss.L1Gradient(x.Value, Inputs[1].Value, Inputs.Count > 3 ? Inputs[3].Value : null, one);
        var gradients = new Variable?[Inputs.Count];
        gradients[2] = SumFunction.Apply(dy * x.Tape.Constant(slope));
        return gradients;
    }
}

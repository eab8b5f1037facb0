using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = conv2d(x, w) + bias. Backward: dx = the transposed convolution of dy with w; dw = the correlation of x with dy;
/// dbias = dy summed over images and pixels.
/// </summary>
public sealed class Conv2dFunction : Function
{
    private readonly int _stride;
    private readonly int _padding;

    private Conv2dFunction(int stride, int padding) => (_stride, _padding) = (stride, padding);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("stride", _stride), ("padding", _padding)];

    /// <summary>
    /// The convolution of x [N, H, W, C] with weight [kernel height, kernel width, C, K], plus bias [K] if given:
    /// [N, ⌊(H + 2p − kernel height)/s⌋ + 1, ⌊(W + 2p − kernel width)/s⌋ + 1, K] for stride s and padding p. See
    /// <see cref="Conv2d.Forward"/>.
    /// </summary>
    /// <exception cref="ShapeException">
    /// The shapes do not fit, the kernel is larger than the padded image, s &lt; 1 or p &lt; 0.
    /// </exception>
    public static Variable Apply(Variable x, Variable weight, Variable? bias = null, int stride = 1, int padding = 0) => bias is null
        ? Run(new Conv2dFunction(stride, padding), x, weight)
        : Run(new Conv2dFunction(stride, padding), x, weight, bias);

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        Conv2d.Forward(Inputs[0].Value, Inputs[1].Value, Inputs.Count > 2 ? Inputs[2].Value : null, _stride, _padding);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable x, Variable weight) = (Inputs[0], Inputs[1]);
        Variable? dx = NeedsGradient(0)
            ? ConvTranspose2dFunction.Apply(dy, weight, x.Shape[1], x.Shape[2], _stride, _padding) : null;
        Variable? dw = NeedsGradient(1)
            ? Conv2dWeightGradientFunction.Apply(x, dy, weight.Shape[0], weight.Shape[1], _stride, _padding) : null;
        if (Inputs.Count == 2)
            return [dx, dw];
        return [dx, dw, NeedsGradient(2) ? SumChannelsFunction.Apply(dy) : null];
    }
}

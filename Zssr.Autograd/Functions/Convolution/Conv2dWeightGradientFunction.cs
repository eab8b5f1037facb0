using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// dw[u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k]: the gradient of conv2d with respect to its weights, itself a
/// function of x and dy. Backward, for the gradient g of dw: of x, the transposed convolution of dy with g; of dy, conv2d(x, g).
/// </summary>
public sealed class Conv2dWeightGradientFunction : Function
{
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _stride;
    private readonly int _padding;

    private Conv2dWeightGradientFunction(int kernelHeight, int kernelWidth, int stride, int padding) =>
        (_kernelHeight, _kernelWidth, _stride, _padding) = (kernelHeight, kernelWidth, stride, padding);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes =>
        [("kernel height", _kernelHeight), ("kernel width", _kernelWidth), ("stride", _stride), ("padding", _padding)];

    /// <summary>
    /// The gradient of conv2d's weights, [kernel height, kernel width, C, K], for input x [N, H, W, C] and output gradient
    /// dy [N, h, w, K], whose h and w are those that conv2d gives for x.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit, or the stride or the padding is out of range.</exception>
    public static Variable Apply(Variable x, Variable dy, int kernelHeight, int kernelWidth, int stride = 1, int padding = 0) =>
        Run(new Conv2dWeightGradientFunction(kernelHeight, kernelWidth, stride, padding), x, dy);

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        Conv2d.WeightGradient(Inputs[0].Value, Inputs[1].Value, _kernelHeight, _kernelWidth, _stride, _padding);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable x, Variable outputGradient) = (Inputs[0], Inputs[1]);
        return
        [
            NeedsGradient(0) ? ConvTranspose2dFunction.Apply(outputGradient, dy, x.Shape[1], x.Shape[2], _stride, _padding) : null,
            NeedsGradient(1) ? Conv2dFunction.Apply(x, dy, null, _stride, _padding) : null,
        ];
    }
}

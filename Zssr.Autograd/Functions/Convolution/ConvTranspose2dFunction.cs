using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// x = convᵀ(y, w): the transposed convolution, which is the gradient of conv2d with respect to its input.
/// Backward: dy = conv2d(dx, w); dw = the correlation of dx with y.
/// </summary>
public sealed class ConvTranspose2dFunction : Function
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _stride;
    private readonly int _padding;

    private ConvTranspose2dFunction(int height, int width, int stride, int padding) =>
        (_height, _width, _stride, _padding) = (height, width, stride, padding);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes =>
        [("height", _height), ("width", _width), ("stride", _stride), ("padding", _padding)];

    /// <summary>
    /// The transposed convolution of y [N, h, w, K] with weight [kernel height, kernel width, C, K] to an image [N, height, width, C].
    /// Several sizes can have been shrunk to y by a stride, so the size must be said.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit, or the stride or the padding is out of range.</exception>
    public static Variable Apply(Variable y, Variable weight, int height, int width, int stride = 1, int padding = 0) =>
        Run(new ConvTranspose2dFunction(height, width, stride, padding), y, weight);

    /// <inheritdoc/>
    protected override Tensor Forward() => Conv2d.InputGradient(Inputs[0].Value, Inputs[1].Value, _height, _width, _stride, _padding);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable y, Variable weight) = (Inputs[0], Inputs[1]);
        return
        [
            NeedsGradient(0) ? Conv2dFunction.Apply(dy, weight, null, _stride, _padding) : null,
            NeedsGradient(1) ? Conv2dWeightGradientFunction.Apply(dy, y, weight.Shape[0], weight.Shape[1], _stride, _padding) : null,
        ];
    }
}

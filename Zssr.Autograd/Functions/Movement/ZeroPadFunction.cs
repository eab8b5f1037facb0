using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the image x with zeros around it. Backward: dx = the part of dy where x was.</summary>
public sealed class ZeroPadFunction : UnaryFunction
{
    private readonly (int Top, int Bottom, int Left, int Right) _border;

    private ZeroPadFunction(int top, int bottom, int left, int right) => _border = (top, bottom, left, right);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes =>
        [("top", _border.Top), ("bottom", _border.Bottom), ("left", _border.Left), ("right", _border.Right)];

    /// <summary>x [N, H, W, C] with a border of zeros, widths in pixels: [N, top + H + bottom, left + W + right, C].</summary>
    /// <exception cref="ShapeException">x has not four axes, or a border is negative.</exception>
    public static Variable Apply(Variable x, int top, int bottom, int left, int right) =>
        Run(new ZeroPadFunction(top, bottom, left, right), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Window.ZeroPad(x, _border.Top, _border.Bottom, _border.Left, _border.Right);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        CropFunction.Apply(dy, _border.Top, _border.Left, x.Shape[1], x.Shape[2]);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = a window of the image x. Backward: dx = dy in its place, zeros around it.</summary>
public sealed class CropFunction : UnaryFunction
{
    private readonly (int Top, int Left, int Height, int Width) _window;

    private CropFunction(int top, int left, int height, int width) => _window = (top, left, height, width);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("top", _window.Top), ("left", _window.Left)];

    /// <summary>The window of x [N, H, W, C] that starts at (top, left): [N, height, width, C].</summary>
    /// <exception cref="ShapeException">x has not four axes, or the window is not inside the image.</exception>
    public static Variable Apply(Variable x, int top, int left, int height, int width) =>
        Run(new CropFunction(top, left, height, width), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Window.Crop(x, _window.Top, _window.Left, _window.Height, _window.Width);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        int bottom = x.Shape[1] - _window.Top - _window.Height;
        int right = x.Shape[2] - _window.Left - _window.Width;
        return ZeroPadFunction.Apply(dy, _window.Top, bottom, _window.Left, right);
    }
}

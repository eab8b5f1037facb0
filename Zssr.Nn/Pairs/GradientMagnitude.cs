using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// How fast an image changes: √(mean over channels of (r² + c²)), with r and c the changes from the pixel before to the pixel after,
/// halved, along rows and columns; an image goes on beyond its borders with the edge pixel.
/// </summary>
public static class GradientMagnitude
{
    /// <summary>[N, H, W, C] → [N, H, W, 1], 0 or more, in the image's unit a pixel.</summary>
    /// <param name="images">Any images.</param>
    /// <exception cref="ShapeException">There are not four axes.</exception>
    public static Tensor Of(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using Tensor down = ChangeAlong(images, axis: 1), right = ChangeAlong(images, axis: 2);
        using Tensor downSquared = Elementwise.Square(down), rightSquared = Elementwise.Square(right);
        using Tensor squares = Elementwise.Add(downSquared, rightSquared);
        using Tensor mean = MeanOverChannels(squares);
        return Elementwise.Sqrt(mean);
    }

    /// <summary>(x[i + 1] − x[i − 1]) / 2 = (d[i] + d[i − 1]) / 2 with d[i] = x[i + 1] − x[i], which is 0 beyond the borders.</summary>
    private static Tensor ChangeAlong(Tensor x, int axis)
    {
        int size = x.Shape[axis];
        using Tensor after = Window.Slice(x, axis, 1, size - 1), before = Window.Slice(x, axis, 0, size - 1);
        using Tensor steps = Elementwise.Subtract(after, before);
        using Tensor stepsAfter = Window.Embed(steps, axis, 0, size), stepsBefore = Window.Embed(steps, axis, 1, size);
        using Tensor sum = Elementwise.Add(stepsAfter, stepsBefore);
        return Elementwise.Multiply(sum, 0.5);
    }

    private static Tensor MeanOverChannels(Tensor x)
    {
        int channels = x.Shape[3];
        Tensor sum = Window.Slice(x, axis: 3, start: 0, length: 1);
        for (int c = 1; c < channels; c++)
        {
            using Tensor before = sum, channel = Window.Slice(x, axis: 3, c, length: 1);
            sum = Elementwise.Add(before, channel);
        }

        using (sum)
            return Elementwise.Divide(sum, channels);
    }
}

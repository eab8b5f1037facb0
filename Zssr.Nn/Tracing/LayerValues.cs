using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>
/// One convolution layer in one training iteration as plain numbers: what went in, what came out, and what came back. The layer computes
/// y = f(x ∗ w + bias) + r with f = ReLU or nothing; r is the residual, x itself or the network's input, or nothing.
/// </summary>
/// <remarks>Made by <see cref="LayerRecording"/>. Elements are in the order of the shapes, the last axis contiguous.</remarks>
public sealed record LayerValues
{
    /// <summary>Which iteration, counted from 0.</summary>
    public required int Iteration { get; init; }

    /// <summary>Which layer, counted from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Layers of the network.</summary>
    public required int Layers { get; init; }

    /// <summary>[N, H, W, C].</summary>
    public required Shape InputShape { get; init; }

    /// <summary>x.</summary>
    public required double[] Input { get; init; }

    /// <summary>[kernel height, kernel width, C, K].</summary>
    public required Shape WeightShape { get; init; }

    /// <summary>w.</summary>
    public required double[] Weight { get; init; }

    /// <summary>The bias, a number for each of K channels; null where there is none.</summary>
    public double[]? Bias { get; init; }

    /// <summary>Pixels of x from one pixel of y to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Zeros around x on every side.</summary>
    public required int Padding { get; init; }

    /// <summary>Whether f is ReLU.</summary>
    public bool HasRelu { get; init; }

    /// <summary>r, of y's shape; null where nothing is added.</summary>
    public double[]? Residual { get; init; }

    /// <summary>The name of r: <c>the layer's input</c> or <c>the network's input</c>.</summary>
    public string ResidualName { get; init; } = "";

    /// <summary>[N, H', W', K].</summary>
    public required Shape OutputShape { get; init; }

    /// <summary>y as the network computed it.</summary>
    public required double[] Output { get; init; }

    /// <summary>
    /// The gradient of the result of the function that computed the convolution: of z = x ∗ w + bias, or of f(z) + x where all is one.
    /// </summary>
    public double[] OutputGradient { get; init; } = [];

    /// <summary>Whether <see cref="OutputGradient"/> has yet to go back through f.</summary>
    public bool GradientIsBeforeRelu { get; init; }

    /// <summary>∂loss/∂w as the backward pass computed it, from this layer's part in the loss.</summary>
    public double[] WeightGradient { get; init; } = [];

    /// <summary>An element of x; 0 outside of the image.</summary>
    internal double InputAt(int image, int row, int column, int channel) => IsInside(row, column)
        ? Input[Offset(InputShape, image, row, column, channel)] : 0;

    /// <summary>Whether x has such a pixel.</summary>
    internal bool IsInside(int row, int column) => row >= 0 && row < InputShape[1] && column >= 0 && column < InputShape[2];

    /// <summary>z = Σ x · w + bias by the definition of convolution.</summary>
    internal double Convolve(int image, int row, int column, int channel)
    {
        double sum = Bias?[channel] ?? 0;
        for (int ky = 0; ky < WeightShape[0]; ky++)
        {
            for (int kx = 0; kx < WeightShape[1]; kx++)
            {
                for (int c = 0; c < WeightShape[2]; c++)
                {
                    double x = InputAt(image, (row * Stride) - Padding + ky, (column * Stride) - Padding + kx, c);
                    sum += x * Weight[Offset(WeightShape, ky, kx, c, channel)];
                }
            }
        }

        return sum;
    }

    /// <summary>Where an element of a shape of four axes is.</summary>
    internal static int Offset(Shape shape, int first, int second, int third, int last) =>
        (((((first * shape[1]) + second) * shape[2]) + third) * shape[3]) + last;
}

using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>What one pixel brings to the gradient of a weight.</summary>
/// <param name="Image">Which image of the batch.</param>
/// <param name="Row">The row of y.</param>
/// <param name="Column">The column of y.</param>
/// <param name="Input">x under the weight when y was computed.</param>
/// <param name="Gradient">dz = ∂loss/∂z there.</param>
public readonly record struct GradientTerm(int Image, int Row, int Column, double Input, double Gradient)
{
    /// <summary>x · dz.</summary>
    public double Product => Input * Gradient;
}

/// <summary>
/// How the gradient of one weight came to be: ∂loss/∂w = Σ over pixels of x · dz, in float64 by the definition, beside what the backward
/// pass gave.
/// </summary>
/// <param name="Layer">The layer's numbers.</param>
/// <param name="KernelRow">The weight's row in the kernel.</param>
/// <param name="KernelColumn">Its column.</param>
/// <param name="InputChannel">Its input channel.</param>
/// <param name="OutputChannel">Its output channel.</param>
/// <param name="Terms">A term for each pixel of y whose x is inside the image, the largest magnitude first.</param>
public sealed record WeightGradientExplained(
    LayerValues Layer, int KernelRow, int KernelColumn, int InputChannel, int OutputChannel, IReadOnlyList<GradientTerm> Terms)
{
    /// <summary>Explains the gradient of w[kernelRow, kernelColumn, inputChannel, outputChannel].</summary>
    /// <exception cref="TracingException">There is no such weight.</exception>
    public static WeightGradientExplained Of(LayerValues layer, int kernelRow, int kernelColumn, int inputChannel, int outputChannel)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Shape w = layer.WeightShape, y = layer.OutputShape;
        int[] place = [kernelRow, kernelColumn, inputChannel, outputChannel];
        if (Enumerable.Range(0, 4).Any(axis => place[axis] < 0 || place[axis] >= w[axis]))
        {
            throw new TracingException(
                $"weight {string.Join(',', place)}: the weights of layer {layer.Layer} are numbered 0 to {w[0] - 1} by kernel row, 0 to "
                + $"{w[1] - 1} by kernel column, 0 to {w[2] - 1} by input channel and 0 to {w[3] - 1} by output channel. "
                + "Choose one of them.");
        }

        var terms = new List<GradientTerm>();
        for (int i = 0; i < y[0] * y[1] * y[2]; i++)
        {
            (int image, int row, int column) = (i / (y[1] * y[2]), i / y[2] % y[1], i % y[2]);
            (int from, int at) = ((row * layer.Stride) - layer.Padding + kernelRow, (column * layer.Stride) - layer.Padding + kernelColumn);
            if (layer.IsInside(from, at))
            {
                double x = layer.InputAt(image, from, at, inputChannel);
                terms.Add(new GradientTerm(image, row, column, x, GradientOfZ(layer, image, row, column, outputChannel)));
            }
        }

        return new WeightGradientExplained(
            layer, kernelRow, kernelColumn, inputChannel, outputChannel, [.. terms.OrderByDescending(term => Math.Abs(term.Product))]);
    }

    /// <summary>Σ x · dz.</summary>
    public double Sum => Terms.Sum(term => term.Product);

    /// <summary>How many pixels bring something.</summary>
    public int NonZeroTerms => Terms.Count(term => term.Product != 0);

    /// <summary>What the backward pass gave.</summary>
    public double Computed => Layer.WeightGradient[
        LayerValues.Offset(Layer.WeightShape, KernelRow, KernelColumn, InputChannel, OutputChannel)];

    /// <summary>dz: dy where ReLU has let z pass, else 0.</summary>
    private static double GradientOfZ(LayerValues layer, int image, int row, int column, int channel)
    {
        int offset = LayerValues.Offset(layer.OutputShape, image, row, column, channel);
        double gradient = layer.OutputGradient[offset];
        if (!layer.GradientIsBeforeRelu || gradient == 0)
            return gradient;
        // A residual hides a small z in y, so z is computed again.
        bool hasPassed = layer.Residual is null ? layer.Output[offset] > 0 : layer.Convolve(image, row, column, channel) > 0;
        return hasPassed ? gradient : 0;
    }
}

using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>One element of a kernel at work.</summary>
/// <param name="KernelRow">Its row in the kernel.</param>
/// <param name="KernelColumn">Its column in the kernel.</param>
/// <param name="Channel">The input channel.</param>
/// <param name="Row">The row of x that it lies on; outside of the image where it lies on the padding.</param>
/// <param name="Column">The column of x.</param>
/// <param name="IsInside">Whether that is a pixel of x.</param>
/// <param name="Input">x there; 0 on the padding.</param>
/// <param name="Weight">w.</param>
public readonly record struct KernelTap(
    int KernelRow, int KernelColumn, int Channel, int Row, int Column, bool IsInside, double Input, double Weight)
{
    /// <summary>x · w.</summary>
    public double Product => Input * Weight;
}

/// <summary>
/// How one activation came to be: every product x · w under the kernel, their sum, + bias, ReLU, + residual, in float64 by the definition
/// of convolution, beside what the network computed.
/// </summary>
/// <param name="Layer">The layer's numbers.</param>
/// <param name="Row">The row of the activation.</param>
/// <param name="Column">Its column.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Taps">Every element of the kernel: rows, columns, channels, the channels innermost.</param>
public sealed record ActivationExplained(LayerValues Layer, int Row, int Column, int Channel, IReadOnlyList<KernelTap> Taps)
{
    /// <summary>Explains y[row, column, channel] of the first image.</summary>
    /// <exception cref="TracingException">y has no such element.</exception>
    public static ActivationExplained Of(LayerValues layer, int row, int column, int channel)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Shape y = layer.OutputShape, w = layer.WeightShape;
        Require("row", row, y[1]);
        Require("column", column, y[2]);
        Require("channel", channel, y[3]);
        var taps = new List<KernelTap>();
        for (int ky = 0; ky < w[0]; ky++)
        {
            for (int kx = 0; kx < w[1]; kx++)
            {
                (int from, int at) = ((row * layer.Stride) - layer.Padding + ky, (column * layer.Stride) - layer.Padding + kx);
                for (int c = 0; c < w[2]; c++)
                {
                    double weight = layer.Weight[LayerValues.Offset(w, ky, kx, c, channel)];
                    taps.Add(new KernelTap(ky, kx, c, from, at, layer.IsInside(from, at), layer.InputAt(0, from, at, c), weight));
                }
            }
        }

        return new ActivationExplained(layer, row, column, channel, taps);

        void Require(string what, int value, int count)
        {
            if (value < 0 || value >= count)
            {
                throw new TracingException(
                    $"{what} {value}: layer {layer.Layer} gives {y[1]} rows (0 to {y[1] - 1}), {y[2]} columns (0 to {y[2] - 1}) and "
                    + $"{y[3]} channels (0 to {y[3] - 1}) here. Choose one of them.");
            }
        }
    }

    /// <summary>Σ x · w.</summary>
    public double Sum => Taps.Sum(tap => tap.Product);

    /// <summary>What is added to the sum; null where the layer has no bias.</summary>
    public double? Bias => Layer.Bias?[Channel];

    /// <summary>z = Σ x · w + bias.</summary>
    public double PreActivation => Sum + (Bias ?? 0);

    /// <summary>f(z).</summary>
    public double Activated => Layer.HasRelu ? Math.Max(PreActivation, 0) : PreActivation;

    /// <summary>What is added at the end; null where nothing is.</summary>
    public double? Residual => Layer.Residual?[LayerValues.Offset(Layer.OutputShape, 0, Row, Column, Channel)];

    /// <summary>f(z) + r: what the activation should be.</summary>
    public double Value => Activated + (Residual ?? 0);

    /// <summary>What the network computed.</summary>
    public double Computed => Layer.Output[LayerValues.Offset(Layer.OutputShape, 0, Row, Column, Channel)];
}

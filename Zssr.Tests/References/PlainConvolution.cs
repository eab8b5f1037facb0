namespace Zssr.Tests.References;

/// <summary>
/// The convolution and its gradients as plain float64 loops over the definition, written for the tests and sharing nothing with
/// the library. NHWC images, HWIO weights. All three scatter or gather through <see cref="Products"/>: every product
/// x[n, h, w, c] · weight[u, v, c, k] → y[n, i, j, k] that the convolution is made of.
/// </summary>
/// <param name="Batch">N.</param>
/// <param name="Height">H of x.</param>
/// <param name="Width">W of x.</param>
/// <param name="In">C.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Out">K.</param>
/// <param name="Stride">s.</param>
/// <param name="Padding">p.</param>
public sealed record PlainConvolution(
    int Batch, int Height, int Width, int In, int KernelHeight, int KernelWidth, int Out, int Stride, int Padding)
{
    public int OutputHeight => (Height + Padding + Padding - KernelHeight) / Stride + 1;

    public int OutputWidth => (Width + Padding + Padding - KernelWidth) / Stride + 1;

    public int XCount => Batch * Height * Width * In;

    public int WeightCount => KernelHeight * KernelWidth * In * Out;

    public int YCount => Batch * OutputHeight * OutputWidth * Out;

    /// <summary>y, with the bias added where there is one.</summary>
    public double[] Forward(double[] x, double[] weight, double[]? bias)
    {
        var y = new double[YCount];
        for (int i = 0; i < y.Length; i++)
            y[i] = bias is null ? 0 : bias[i % Out];
        Products((ix, iw, iy) => y[iy] += x[ix] * weight[iw]);
        return y;
    }

    /// <summary>dx.</summary>
    public double[] InputGradient(double[] dy, double[] weight)
    {
        var dx = new double[XCount];
        Products((ix, iw, iy) => dx[ix] += dy[iy] * weight[iw]);
        return dx;
    }

    /// <summary>dw.</summary>
    public double[] WeightGradient(double[] x, double[] dy)
    {
        var dw = new double[WeightCount];
        Products((ix, iw, iy) => dw[iw] += x[ix] * dy[iy]);
        return dw;
    }

    private void Products(Action<int, int, int> product)
    {
        foreach ((int pixel, int tap, int output) in Taps())
        {
            for (int c = 0; c < In; c++)
            {
                for (int k = 0; k < Out; k++)
                    product(pixel * In + c, (tap * In + c) * Out + k, output * Out + k);
            }
        }
    }

    /// <summary>Every (pixel of x, tap of the kernel, pixel of y) that meet inside the image.</summary>
    private IEnumerable<(int Pixel, int Tap, int Output)> Taps()
    {
        for (int output = 0; output < Batch * OutputHeight * OutputWidth; output++)
        {
            int n = output / (OutputHeight * OutputWidth);
            int i = output / OutputWidth % OutputHeight;
            int j = output % OutputWidth;
            for (int tap = 0; tap < KernelHeight * KernelWidth; tap++)
            {
                int h = i * Stride + tap / KernelWidth - Padding;
                int w = j * Stride + tap % KernelWidth - Padding;
                if (h >= 0 && h < Height && w >= 0 && w < Width)
                    yield return ((n * Height + h) * Width + w, tap, output);
            }
        }
    }
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The convolution and its two gradients as they are defined: one work-item computes one element of the result at a time.
/// These are the kernels to read first, and the reference for all others.
/// </summary>
/// <remarks>
/// The cost: no number that was loaded is used twice, so each multiplication loads two numbers. Neighbouring work-items compute
/// neighbouring channels, so at least their loads are contiguous or shared. No padding is ever stored: a tap that falls
/// outside the image counts as zero.
/// </remarks>
internal static class NaiveConv2dKernels
{
    /// <summary>
    /// y[n, i, j, k] = bias[k] + Σ x[n, i·s + u − p, j·s + v − p, c] · w[u, v, c, k] over u, v, c. An empty bias is zero.
    /// </summary>
    public static void Forward<T>(ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, Conv2dGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int workItems = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += workItems)
        {
            int k = index % g.OutputChannels;
            int j = index / g.OutputChannels % g.OutputWidth;
            int i = index / g.OutputChannels / g.OutputWidth % g.OutputHeight;
            int n = index / g.OutputChannels / g.OutputWidth / g.OutputHeight;

            T sum = T.Zero;
            for (int u = 0; u < g.KernelHeight; u++)
            {
                int row = i * g.Stride + u - g.Padding;
                if (row < 0 || row >= g.InputHeight)
                    continue;
                for (int v = 0; v < g.KernelWidth; v++)
                {
                    int column = j * g.Stride + v - g.Padding;
                    if (column < 0 || column >= g.InputWidth)
                        continue;
                    int pixelStart = ((n * g.InputHeight + row) * g.InputWidth + column) * g.InputChannels;
                    int tap = (u * g.KernelWidth + v) * g.InputChannels * g.OutputChannels + k;
                    for (int c = 0; c < g.InputChannels; c++)
                        sum += x[pixelStart + c] * w[tap + c * g.OutputChannels];
                }
            }

            y[index] = bias.IntLength > 0 ? sum + bias[k] : sum;
        }
    }

    /// <summary>
    /// dx[n, h, w, c] = Σ dy[n, (h + p − u)/s, (w + p − v)/s, k] · w[u, v, c, k] over k and those u, v whose quotients are whole
    /// numbers inside y: every output that this pixel took part in.
    /// </summary>
    public static void InputGradient<T>(ArrayView<T> dy, ArrayView<T> w, ArrayView<T> dx, Conv2dGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int workItems = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < dx.IntLength; index += workItems)
        {
            int c = index % g.InputChannels;
            int column = index / g.InputChannels % g.InputWidth;
            int row = index / g.InputChannels / g.InputWidth % g.InputHeight;
            int n = index / g.InputChannels / g.InputWidth / g.InputHeight;

            T sum = T.Zero;
            for (int u = 0; u < g.KernelHeight; u++)
            {
                int down = row + g.Padding - u; // = i·s
                int i = down / g.Stride;
                if (down < 0 || i * g.Stride != down || i >= g.OutputHeight)
                    continue;
                for (int v = 0; v < g.KernelWidth; v++)
                {
                    int right = column + g.Padding - v; // = j·s
                    int j = right / g.Stride;
                    if (right < 0 || j * g.Stride != right || j >= g.OutputWidth)
                        continue;
                    int pixelStart = ((n * g.OutputHeight + i) * g.OutputWidth + j) * g.OutputChannels;
                    int tap = ((u * g.KernelWidth + v) * g.InputChannels + c) * g.OutputChannels;
                    for (int k = 0; k < g.OutputChannels; k++)
                        sum += dy[pixelStart + k] * w[tap + k];
                }
            }

            dx[index] = sum;
        }
    }

    /// <summary>dw[u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k] over n, i, j.</summary>
    public static void WeightGradient<T>(ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, Conv2dGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int workItems = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < dw.IntLength; index += workItems)
        {
            int k = index % g.OutputChannels;
            int c = index / g.OutputChannels % g.InputChannels;
            int v = index / g.OutputChannels / g.InputChannels % g.KernelWidth;
            int u = index / g.OutputChannels / g.InputChannels / g.KernelWidth;

            T sum = T.Zero;
            for (int line = 0; line < g.Batch * g.OutputHeight; line++) // n · OutputHeight + i
            {
                int n = line / g.OutputHeight;
                int row = line % g.OutputHeight * g.Stride + u - g.Padding;
                if (row < 0 || row >= g.InputHeight)
                    continue;
                for (int j = 0; j < g.OutputWidth; j++)
                {
                    int column = j * g.Stride + v - g.Padding;
                    if (column < 0 || column >= g.InputWidth)
                        continue;
                    int pixel = (n * g.InputHeight + row) * g.InputWidth + column;
                    sum += x[pixel * g.InputChannels + c] * dy[(line * g.OutputWidth + j) * g.OutputChannels + k];
                }
            }

            dw[index] = sum;
        }
    }
}

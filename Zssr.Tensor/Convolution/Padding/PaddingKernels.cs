using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// Copies that put numbers where the fast convolution kernels want them: images with their zeros written out, channels filled up
/// to whole blocks, weights in the order they are read.
/// </summary>
/// <remarks>
/// The cost: one pass over memory each, a few percent of a convolution with many channels. In return the kernels need no check of
/// a bound in their inner loops, and one code serves every size, stride, padding and number of channels.
/// </remarks>
internal static class PaddingKernels
{
    /// <summary>Channels that a work-item copies: enough to make the divisions that find its pixel cheap, few enough to coalesce.</summary>
    public const int Run = 8;

    /// <summary>
    /// target[n, i, j, c] = x̂[n, i − top, j − left, c], the part of x̂ that a correlation covers (see <see
    /// cref="Conv2dWindows"/>).
    /// </summary>
    public static void WriteOutZeros<T>(ArrayView<T> x, ArrayView<T> target, Conv2dWindows g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int runs = (g.InputChannels + Run - 1) / Run;
        int count = g.Batch * g.CoveredHeight * g.CoveredWidth * runs;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < count; index += stride)
        {
            int c = index % runs * Run;
            int pixel = index / runs;
            int right = pixel % g.CoveredWidth - g.Left;
            int line = pixel / g.CoveredWidth;
            int down = line % g.CoveredHeight - g.Top;
            int n = line / g.CoveredHeight;

            int row = down / g.Spread;
            int column = right / g.Spread;
            bool inside = down >= 0 && row < g.InputHeight && row * g.Spread == down
                && right >= 0 && column < g.InputWidth && column * g.Spread == right;
            int source = ((n * g.InputHeight + row) * g.InputWidth + column) * g.InputChannels;
            int end = IntrinsicMath.Min(c + Run, g.InputChannels);
            for (; c < end; c++)
                target[pixel * g.InputChannels + c] = inside ? x[source + c] : T.Zero;
        }
    }

    /// <summary>target[pixel, c] = x[pixel, c], and zero in the channels that only target has.</summary>
    public static void WidenChannels<T>(ArrayView<T> x, ArrayView<T> target, int channels, int targetChannels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < target.IntLength; index += stride)
        {
            int c = index % targetChannels;
            target[index] = c < channels ? x[index / targetChannels * channels + c] : T.Zero;
        }
    }

    /// <summary>target[pixel, c] = x[pixel, c] for the channels that target has.</summary>
    public static void NarrowChannels<T>(ArrayView<T> x, ArrayView<T> target, int channels, int targetChannels)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < target.IntLength; index += stride)
            target[index] = x[index / targetChannels * channels + index % targetChannels];
    }

    /// <summary>target[k] = bias[k], and zero beyond its end.</summary>
    public static void WidenBias<T>(ArrayView<T> bias, ArrayView<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int k = Grid.GlobalIndex.X; k < target.IntLength; k += stride)
            target[k] = k < bias.IntLength ? bias[k] : T.Zero;
    }

    /// <summary>
    /// target[k / block, u, v, c, k mod block] = w[u, v, c, k], zero for k beyond the last output channel: all that one work-item
    /// reads lies in one piece. With rotate = 1, w is read turned by 180° and with its channels swapped: w[−u, −v, k, c].
    /// </summary>
    public static void PackWeight<T>(ArrayView<T> w, ArrayView<T> target, Conv2dWindows g, int block, int rotate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int taps = g.KernelHeight * g.KernelWidth;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < target.IntLength; index += stride)
        {
            int row = index / block;
            int c = row % g.InputChannels;
            int tap = row / g.InputChannels % taps;
            int k = row / g.InputChannels / taps * block + index % block;

            // The opposite tap of a kernel is also the one that is as far from the end as this is from the start.
            int source = rotate == 0
                ? (tap * g.InputChannels + c) * g.OutputChannels + k
                : ((taps - 1 - tap) * g.OutputChannels + k) * g.InputChannels + c;
            target[index] = k < g.OutputChannels ? w[source] : T.Zero;
        }
    }
}

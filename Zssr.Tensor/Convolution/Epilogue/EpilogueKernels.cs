using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// ReLU, residual and bits as passes of their own, for convolution kernels that cannot take them along: those that write single sums, and
/// images whose channels are no multiple of 16. A work-item takes up to 16 channels of a pixel, whose bits are one number.
/// </summary>
internal static class EpilogueKernels
{
    private const int Block = 16;

    /// <summary>y[pixel, c] = f(sums[pixel, c]) + residual[pixel, c], f being max(·, floor), and its bits.</summary>
    /// <param name="sums">[pixels, width], the bias included; may be y.</param>
    /// <param name="y">[pixels, channels].</param>
    /// <param name="residual">[pixels, channels], or empty.</param>
    /// <param name="bits">[pixels, channels / 16, rounded up], or empty.</param>
    /// <param name="floor">0 for ReLU, −∞ for none.</param>
    /// <param name="width">Numbers of a pixel of the sums, as many as y's channels or more.</param>
    /// <param name="channels">Channels of y.</param>
    public static void Finish<T>(
        ArrayView<T> sums, ArrayView<T> y, ArrayView<T> residual, ArrayView<ushort> bits, T floor, int width, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = (channels + Block - 1) / Block;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength / channels * blocks; index += stride)
        {
            int pixel = index / blocks;
            int first = index % blocks * Block;
            int count = IntrinsicMath.Min(Block, channels - first);
            int passed = 0;
            for (int i = 0; i < count; i++)
            {
                T sum = sums[pixel * width + first + i];
                int at = pixel * channels + first + i;
                passed |= BlockBits.OfPositive(sum, i);
                sum = BlockBits.AtLeast(sum, floor);
                y[at] = residual.IntLength > 0 ? sum + residual[at] : sum;
            }

            if (bits.IntLength > 0)
                bits[index] = (ushort)passed;
        }
    }

    /// <summary>dz[pixel, c] = dy[pixel, c] where the bit is set, else 0; also 0 in the channels that only dz has.</summary>
    /// <param name="dy">[pixels, channels].</param>
    /// <param name="bits">[pixels, channels / 16, rounded up].</param>
    /// <param name="dz">[pixels, width].</param>
    /// <param name="channels">Channels of dy.</param>
    /// <param name="width">Channels of dz, as many or the next multiple of 16.</param>
    public static void Mask<T>(ArrayView<T> dy, ArrayView<ushort> bits, ArrayView<T> dz, int channels, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = (channels + Block - 1) / Block;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < dz.IntLength / width * blocks; index += stride)
        {
            int pixel = index / blocks;
            int first = index % blocks * Block;
            int passed = bits[index];
            int count = IntrinsicMath.Min(Block, width - first);
            for (int i = 0; i < count; i++)
            {
                int channel = first + i;
                dz[pixel * width + channel] = channel < channels ? BlockBits.Keep(dy[pixel * channels + channel], passed, i) : T.Zero;
            }
        }
    }
}

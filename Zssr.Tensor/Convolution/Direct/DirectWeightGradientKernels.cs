using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The weight gradient in two stages. Its sums run over all pixels, too long for one work-item and, without atomics, not to be
/// shared by several; so the lines of the image are cut into slabs, each slab gives a whole gradient of its own, and these are
/// added up in a fixed order. A work-item of the first stage keeps one tap × 4 input × 16 output channels in registers.
/// </summary>
/// <remarks>
/// The cost: 20 loads for 64 products, and a gradient's worth of memory for each slab, whose number is bounded. The columns that a
/// tap meets inside the image are worked out for each line, so the inner loop has no checks and no zeros are stored around x.
/// </remarks>
internal static class DirectWeightGradientKernels
{
    /// <summary>Input channels that a work-item computes.</summary>
    public const int InputBlock = 4;

    /// <summary>
    /// partial[slab, u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k] over the lines (n, i) of the slab and
    /// all j.
    /// </summary>
    /// <param name="x">[N, H, W, C]; C a multiple of 4.</param>
    /// <param name="dy">[N, output rows, output columns, K]; K a multiple of 16.</param>
    /// <param name="partial">[slabs, kernel height, kernel width, C, K].</param>
    /// <param name="g">The convolution, with these C and K.</param>
    /// <param name="slabs">How many slabs.</param>
    /// <param name="linesInSlab">Output lines in each but the last, which may have fewer.</param>
    public static void Slabs<T>(ArrayView<T> x, ArrayView<T> dy, ArrayView<T> partial, Conv2dGeometry g, int slabs, int linesInSlab)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputBlocks = g.InputChannels / InputBlock;
        int outputBlocks = g.OutputChannels / Block16<T>.Length;
        int taps = g.KernelHeight * g.KernelWidth;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < slabs * taps * inputBlocks * outputBlocks; index += stride)
        {
            int k = index % outputBlocks * Block16<T>.Length;
            int c = index / outputBlocks % inputBlocks * InputBlock;
            int tap = index / outputBlocks / inputBlocks % taps;
            int slab = index / outputBlocks / inputBlocks / taps;
            int down = tap / g.KernelWidth - g.Padding;
            int right = tap % g.KernelWidth - g.Padding;

            // The output columns j with 0 ≤ j·s + right < W.
            int firstColumn = right >= 0 ? 0 : (-right + g.Stride - 1) / g.Stride;
            int endColumn = right >= g.InputWidth ? 0 : IntrinsicMath.Min((g.InputWidth - 1 - right) / g.Stride + 1, g.OutputWidth);

            var sum0 = new Block16<T>();
            var sum1 = new Block16<T>();
            var sum2 = new Block16<T>();
            var sum3 = new Block16<T>();
            int endLine = IntrinsicMath.Min((slab + 1) * linesInSlab, g.Batch * g.OutputHeight);
            for (int line = slab * linesInSlab; line < endLine; line++)
            {
                int row = line % g.OutputHeight * g.Stride + down;
                if (row < 0 || row >= g.InputHeight)
                    continue;
                int inputLine = line / g.OutputHeight * g.InputHeight + row;
                int pixel = (inputLine * g.InputWidth + firstColumn * g.Stride + right) * g.InputChannels + c;
                int gradient = (line * g.OutputWidth + firstColumn) * g.OutputChannels + k;
                for (int j = firstColumn; j < endColumn; j++)
                {
                    var gradients = Block16<T>.Load(dy, gradient);
                    sum0.MultiplyAdd(x[pixel], gradients);
                    sum1.MultiplyAdd(x[pixel + 1], gradients);
                    sum2.MultiplyAdd(x[pixel + 2], gradients);
                    sum3.MultiplyAdd(x[pixel + 3], gradients);
                    pixel += g.Stride * g.InputChannels;
                    gradient += g.OutputChannels;
                }
            }

            int at = ((slab * taps + tap) * g.InputChannels + c) * g.OutputChannels + k;
            sum0.Store(partial, at);
            sum1.Store(partial, at + g.OutputChannels);
            sum2.Store(partial, at + 2 * g.OutputChannels);
            sum3.Store(partial, at + 3 * g.OutputChannels);
        }
    }

    /// <summary>
    /// dw[u, v, c, k] = Σ partial[slab, u, v, c, k] over the slabs, first to last; channels that only partial has are dropped.
    /// </summary>
    /// <param name="partial">[slabs, taps, partial's C, partial's K].</param>
    /// <param name="dw">[taps, C, K].</param>
    /// <param name="g">The convolution, with the C and K of dw.</param>
    /// <param name="slabs">How many slabs.</param>
    /// <param name="partialInputs">partial's C.</param>
    /// <param name="partialOutputs">partial's K.</param>
    public static void SumSlabs<T>(
        ArrayView<T> partial, ArrayView<T> dw, Conv2dGeometry g, int slabs, int partialInputs, int partialOutputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int slabLength = partial.IntLength / slabs;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < dw.IntLength; index += stride)
        {
            int k = index % g.OutputChannels;
            int c = index / g.OutputChannels % g.InputChannels;
            int tap = index / g.OutputChannels / g.InputChannels;
            int at = (tap * partialInputs + c) * partialOutputs + k;
            T sum = T.Zero;
            for (int slab = 0; slab < slabs; slab++)
                sum += partial[slab * slabLength + at];
            dw[index] = sum;
        }
    }
}

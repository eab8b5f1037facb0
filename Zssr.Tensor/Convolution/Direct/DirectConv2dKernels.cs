using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The register-blocked convolution for OpenCL on processors and for small GPUs. A work-item keeps 4 pixels × 16 output channels
/// in registers; each step loads 16 neighbouring weights and one number of each pixel, and makes 64 products of them.
/// </summary>
/// <remarks>
/// The cost: 20 loads for 64 products, against 128 in the naive kernel; no barriers, no shared memory. What comes in is prepared
/// (<see cref="PaddingKernels"/>): zeros around the image are written out, weights lie in blocks of 16 channels. What goes out has
/// a whole number of such blocks. The inner loop and the stores depend on no bound on purpose: whether a compiler for processors turns
/// the 16 channels into vectors depends on it (measured with pocl: 14 GFLOP/s with guarded stores, 120 without, on the same cores). The
/// branches of <see cref="KernelEpilogue{T}"/>, which all work-items take alike, made no training step longer that uses none of them.
/// </remarks>
internal static class DirectConv2dKernels
{
    /// <summary>Pixels that a work-item computes.</summary>
    public const int Pixels = 4;

    /// <summary>y[pixel, k] = the epilogue of bias[k] + Σ x[window of pixel] · w[k / 16, u, v, c, k mod 16].</summary>
    /// <param name="x">[N, rows, columns, C], without any need of padding.</param>
    /// <param name="w">[blocks, kernel height, kernel width, C, 16].</param>
    /// <param name="epilogue">Of [blocks · 16] channels.</param>
    /// <param name="y">[N, output rows, output columns, blocks · 16].</param>
    /// <param name="g">The correlation, with the sizes of the padded x.</param>
    /// <param name="blocks">Blocks of 16 output channels.</param>
    public static void Forward<T>(ArrayView<T> x, ArrayView<T> w, KernelEpilogue<T> epilogue, ArrayView<T> y, Conv2dWindows g, int blocks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int pixels = g.OutputPixels;
        int quads = (pixels + Pixels - 1) / Pixels;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < quads * blocks; index += stride)
        {
            int block = index / quads;

            // Past the last pixel the last one is computed again, and written again with the same value: cheaper than a branch.
            int pixel0 = index % quads * Pixels;
            int pixel1 = IntrinsicMath.Min(pixel0 + 1, pixels - 1);
            int pixel2 = IntrinsicMath.Min(pixel0 + 2, pixels - 1);
            int pixel3 = IntrinsicMath.Min(pixel0 + 3, pixels - 1);
            int window0 = Window(pixel0, g);
            int window1 = Window(pixel1, g);
            int window2 = Window(pixel2, g);
            int window3 = Window(pixel3, g);

            var sum0 = Block16<T>.Load(epilogue.Bias, block * Block16<T>.Length);
            Block16<T> sum1 = sum0;
            Block16<T> sum2 = sum0;
            Block16<T> sum3 = sum0;
            int weight = block * g.Depth * Block16<T>.Length;
            for (int u = 0; u < g.KernelHeight; u++)
            {
                for (int v = 0; v < g.KernelWidth; v++)
                {
                    int tap = (u * g.InputWidth + v) * g.InputChannels;
                    for (int c = 0; c < g.InputChannels; c++)
                    {
                        var weights = Block16<T>.Load(w, weight);
                        sum0.MultiplyAdd(x[window0 + tap], weights);
                        sum1.MultiplyAdd(x[window1 + tap], weights);
                        sum2.MultiplyAdd(x[window2 + tap], weights);
                        sum3.MultiplyAdd(x[window3 + tap], weights);
                        weight += Block16<T>.Length;
                        tap++;
                    }
                }
            }

            epilogue.Store(sum0, y, (pixel0 * blocks + block) * Block16<T>.Length);
            epilogue.Store(sum1, y, (pixel1 * blocks + block) * Block16<T>.Length);
            epilogue.Store(sum2, y, (pixel2 * blocks + block) * Block16<T>.Length);
            epilogue.Store(sum3, y, (pixel3 * blocks + block) * Block16<T>.Length);
        }
    }

    /// <summary>Where the window of an output pixel begins in x.</summary>
    private static int Window(int pixel, Conv2dWindows g)
    {
        int j = pixel % g.OutputWidth;
        int line = pixel / g.OutputWidth;
        int i = line % g.OutputHeight;
        int n = line / g.OutputHeight;
        return ((n * g.InputHeight + i * g.Stride) * g.InputWidth + j * g.Stride) * g.InputChannels;
    }
}

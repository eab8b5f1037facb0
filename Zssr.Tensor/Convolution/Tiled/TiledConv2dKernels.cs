using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The convolution for GPUs, as a product of matrices: rows are output pixels, columns are output channels, and the depth runs over
/// (u, v, c). A work-group of 64 computes 64 pixels × 64 channels: it brings 8 steps of depth of both matrices to shared memory,
/// then each work-item multiplies what it needs for its 8 × 8 sums, which stay in registers ("implicit GEMM": the matrix of
/// windows is never stored).
/// </summary>
/// <remarks>
/// The cost: a number read from global memory serves 64 products, one from shared memory 8. Two barriers for 8 steps of depth.
/// The sums of a work-item are 8 apart in both directions, so neighbours read neighbours: no bank conflicts, coalesced stores.
/// Bounds are checked where numbers are brought in and where results go out; outside is zero, so sizes need not be multiples.
/// </remarks>
internal static class TiledConv2dKernels
{
    /// <summary>Work-items in a group; also the pixels and the channels of a tile.</summary>
    public const int Group64 = 64;

    private const int DepthStep = 8;

    /// <summary>
    /// y[n, i, j, k] = bias[k] + Σ x[n, i·s + u − top, j·s + v − left, c] · w[u, v, c, k]. An empty bias is zero; the spread
    /// must be 1.
    /// </summary>
    /// <remarks>Grid: (tiles of pixels, tiles of channels), groups of 64.</remarks>
    public static void Forward<T>(ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, Conv2dWindows g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> windows = SharedMemory.Allocate<T>(DepthStep * Group64);
        ArrayView<T> weights = SharedMemory.Allocate<T>(DepthStep * Group64);
        int item = Group.IdxX;
        int firstPixel = Grid.IdxX * Group64;
        int firstChannel = Grid.IdxY * Group64;

        // Each work-item brings in one pixel's part of the windows and one channel's part of the weights.
        var window = new Window(firstPixel + item, g);
        int channel = firstChannel + item;
        int itemRow = item / 8;
        int itemColumn = item % 8;
        var sums = new Tile8x8<T>();
        for (int depth = 0; depth < g.Depth; depth += DepthStep)
        {
            // All loads first, so that they wait for memory together.
            Block8<T> windowPart;
            windowPart.V0 = window.Next(x, g);
            windowPart.V1 = window.Next(x, g);
            windowPart.V2 = window.Next(x, g);
            windowPart.V3 = window.Next(x, g);
            windowPart.V4 = window.Next(x, g);
            windowPart.V5 = window.Next(x, g);
            windowPart.V6 = window.Next(x, g);
            windowPart.V7 = window.Next(x, g);
            Block8<T> weightPart;
            weightPart.V0 = Weight(w, depth, channel, g);
            weightPart.V1 = Weight(w, depth + 1, channel, g);
            weightPart.V2 = Weight(w, depth + 2, channel, g);
            weightPart.V3 = Weight(w, depth + 3, channel, g);
            weightPart.V4 = Weight(w, depth + 4, channel, g);
            weightPart.V5 = Weight(w, depth + 5, channel, g);
            weightPart.V6 = Weight(w, depth + 6, channel, g);
            weightPart.V7 = Weight(w, depth + 7, channel, g);
            windowPart.Store(windows, item, Group64);
            weightPart.Store(weights, item, Group64);
            Group.Barrier();

            for (int step = 0; step < DepthStep; step++)
            {
                var column = Block8<T>.Load(windows, step * Group64 + itemRow, 8);
                var row = Block8<T>.Load(weights, step * Group64 + itemColumn, 8);
                sums.MultiplyAdd(column, row);
            }

            Group.Barrier();
        }

        int pixel = firstPixel + itemRow;
        channel = firstChannel + itemColumn;
        StoreRow(sums.R0, bias, y, pixel, channel, g);
        StoreRow(sums.R1, bias, y, pixel + 8, channel, g);
        StoreRow(sums.R2, bias, y, pixel + 16, channel, g);
        StoreRow(sums.R3, bias, y, pixel + 24, channel, g);
        StoreRow(sums.R4, bias, y, pixel + 32, channel, g);
        StoreRow(sums.R5, bias, y, pixel + 40, channel, g);
        StoreRow(sums.R6, bias, y, pixel + 48, channel, g);
        StoreRow(sums.R7, bias, y, pixel + 56, channel, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weight<T>(ArrayView<T> w, int depth, int channel, Conv2dWindows g)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        depth < g.Depth && channel < g.OutputChannels ? w[depth * g.OutputChannels + channel] : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(Block8<T> sums, ArrayView<T> bias, ArrayView<T> y, int pixel, int channel, Conv2dWindows g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pixel >= g.OutputPixels)
            return;
        StoreSum(sums.V0, bias, y, pixel, channel, g);
        StoreSum(sums.V1, bias, y, pixel, channel + 8, g);
        StoreSum(sums.V2, bias, y, pixel, channel + 16, g);
        StoreSum(sums.V3, bias, y, pixel, channel + 24, g);
        StoreSum(sums.V4, bias, y, pixel, channel + 32, g);
        StoreSum(sums.V5, bias, y, pixel, channel + 40, g);
        StoreSum(sums.V6, bias, y, pixel, channel + 48, g);
        StoreSum(sums.V7, bias, y, pixel, channel + 56, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSum<T>(T sum, ArrayView<T> bias, ArrayView<T> y, int pixel, int channel, Conv2dWindows g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (channel < g.OutputChannels)
            y[pixel * g.OutputChannels + channel] = bias.IntLength > 0 ? sum + bias[channel] : sum;
    }

    /// <summary>
    /// The inputs under the kernel at one output pixel, read one after the other in the order (u, v, c), zeros after the last.
    /// </summary>
    private struct Window
    {
        private readonly int _firstRow;
        private readonly int _top;
        private readonly int _left;
        private int _u;
        private int _v;
        private int _c;

        public Window(int pixel, Conv2dWindows g)
        {
            int j = pixel % g.OutputWidth;
            int line = pixel / g.OutputWidth;
            _firstRow = line / g.OutputHeight * g.InputHeight;
            _top = line % g.OutputHeight * g.Stride - g.Top;
            _left = j * g.Stride - g.Left;
            _u = pixel < g.OutputPixels ? 0 : g.KernelHeight; // a window past the last pixel has been read to its end
            _v = 0;
            _c = 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(ArrayView<T> x, Conv2dWindows g)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int row = _top + _u;
            int column = _left + _v;
            bool inside = _u < g.KernelHeight && row >= 0 && row < g.InputHeight && column >= 0 && column < g.InputWidth;
            T value = inside ? x[((_firstRow + row) * g.InputWidth + column) * g.InputChannels + _c] : T.Zero;

            _c++;
            if (_c == g.InputChannels)
            {
                _c = 0;
                _v++;
                if (_v == g.KernelWidth)
                {
                    _v = 0;
                    _u++;
                }
            }

            return value;
        }
    }
}

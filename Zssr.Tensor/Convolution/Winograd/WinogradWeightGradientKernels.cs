using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The weight gradient by Winograd's algorithm (<see cref="WinogradTransforms"/>): with the tiles' inputs V and the transformed gradients
/// D[ξ] of their outputs, dU[ξ] = V[ξ]ᵀ·D[ξ] is summed over all tiles, and dw = Gᵀ·dU·G.
/// </summary>
/// <remarks>A work-item keeps 6 input × 16 output channels of one dU[ξ] in registers and goes over the tiles of a chunk.</remarks>
internal static class WinogradWeightGradientKernels
{
    /// <summary>Input channels that a work-item computes.</summary>
    public const int Rows = 6;

    /// <summary>Tiles that a work-item of <see cref="SumGradients"/> adds up.</summary>
    public const int TilesOfSum = 32;

    private const int Block = 16;
    private const int Inputs = WinogradTransforms.Inputs;
    private const int Outputs = WinogradTransforms.Outputs;
    private const int Taps = WinogradTransforms.Taps;
    private const int Products = WinogradTransforms.Products;

    /// <summary>D[ξ][k / 16, tile − first, k mod 16] = element ξ of A·dy·Aᵀ, dy being the gradient of the tile's 4×4 outputs.</summary>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="bits">Those of dy that count, as <see cref="BlockSource{T}"/> has them.</param>
    /// <param name="transformed">[36, blocks, count, 16].</param>
    /// <param name="tiles">Tiles of dy.</param>
    /// <param name="first">The first tile of the chunk.</param>
    /// <param name="count">Tiles of the chunk.</param>
    public static void TransformGradients<T>(
        ArrayView<T> dy, ArrayView<ushort> bits, ArrayView<T> transformed, WinogradTiles tiles, int first, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> patch = LocalMemory.Allocate<T>(Outputs * Outputs * Block);
        var pixels = new BlockSource<T>(dy, bits);
        ArrayView<T> halfway = LocalMemory.Allocate<T>(Inputs * Outputs * Block);
        int blocks = tiles.Channels / Block;
        int plane = count * tiles.Channels;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < count * blocks; index += stride)
        {
            int tile = index / blocks;
            int block = index % blocks;
            for (int i = 0; i < tiles.Size; i++)
            {
                for (int j = 0; j < tiles.Size; j++)
                    WinogradKernels.ReadPixel(pixels, tiles, first + tile, i, j, block * Block, patch, (i * Outputs + j) * Block);
            }

            int at = (block * count + tile) * Block;
            for (int j = 0; j < tiles.Size; j++)
                WinogradTransforms.OutputGradient(patch, j * Block, Outputs * Block, halfway, j * Block, Outputs * Block);
            for (int i = 0; i < tiles.Products; i++)
            {
                WinogradTransforms.OutputGradient(
                    halfway, i * Outputs * Block, Block, transformed, i * Inputs * plane + at, plane);
            }
        }
    }

    /// <summary>dU[ξ][c, k] += Σ V[ξ][tile, c] · D[ξ][k / 16, tile, k mod 16] over the tiles of a chunk.</summary>
    /// <param name="inputs">V, [36, count, width].</param>
    /// <param name="gradients">D, [36, blocks, count, 16].</param>
    /// <param name="sums">dU, [36, rows, K]; rows is C rounded up to a multiple of 6, and those beyond C hold nothing of use.</param>
    /// <param name="count">Tiles of the chunk.</param>
    /// <param name="width">C, rounded up to a multiple of 16.</param>
    /// <param name="channels">C.</param>
    /// <param name="gradientChannels">K.</param>
    public static void AddProducts<T>(
        ArrayView<T> inputs, ArrayView<T> gradients, ArrayView<T> sums,
        int count, int width, int channels, int gradientChannels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = gradientChannels / Block;
        int rowGroups = (channels + Rows - 1) / Rows;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < Products * rowGroups * blocks; index += stride)
        {
            int panel = index / rowGroups; // (ξ, block)
            int plane = panel / blocks;

            // A view from each channel on. Past the last channel it is computed again, into rows that nobody reads.
            int c0 = index % rowGroups * Rows;
            ArrayView<T> channel0 = inputs.SubView(c0);
            ArrayView<T> channel1 = inputs.SubView(IntrinsicMath.Min(c0 + 1, channels - 1));
            ArrayView<T> channel2 = inputs.SubView(IntrinsicMath.Min(c0 + 2, channels - 1));
            ArrayView<T> channel3 = inputs.SubView(IntrinsicMath.Min(c0 + 3, channels - 1));
            ArrayView<T> channel4 = inputs.SubView(IntrinsicMath.Min(c0 + 4, channels - 1));
            ArrayView<T> channel5 = inputs.SubView(IntrinsicMath.Min(c0 + 5, channels - 1));

            var sum0 = new Block16<T>();
            var sum1 = new Block16<T>();
            var sum2 = new Block16<T>();
            var sum3 = new Block16<T>();
            var sum4 = new Block16<T>();
            var sum5 = new Block16<T>();
            int input = plane * count * width;
            int gradient = panel * count * Block;
            for (int tile = 0; tile < count; tile++)
            {
                var slopes = Block16<T>.Load(gradients, gradient);
                sum0.MultiplyAdd(channel0[input], slopes);
                sum1.MultiplyAdd(channel1[input], slopes);
                sum2.MultiplyAdd(channel2[input], slopes);
                sum3.MultiplyAdd(channel3[input], slopes);
                sum4.MultiplyAdd(channel4[input], slopes);
                sum5.MultiplyAdd(channel5[input], slopes);
                input += width;
                gradient += Block;
            }

            // The sum of a chunk is finished before it is added: many small sums lose less than a long one.
            int at = (plane * rowGroups * Rows + c0) * gradientChannels + panel % blocks * Block;
            (sum0 + Block16<T>.Load(sums, at)).Store(sums, at);
            (sum1 + Block16<T>.Load(sums, at + gradientChannels)).Store(sums, at + gradientChannels);
            (sum2 + Block16<T>.Load(sums, at + 2 * gradientChannels)).Store(sums, at + 2 * gradientChannels);
            (sum3 + Block16<T>.Load(sums, at + 3 * gradientChannels)).Store(sums, at + 3 * gradientChannels);
            (sum4 + Block16<T>.Load(sums, at + 4 * gradientChannels)).Store(sums, at + 4 * gradientChannels);
            (sum5 + Block16<T>.Load(sums, at + 5 * gradientChannels)).Store(sums, at + 5 * gradientChannels);
        }
    }

    /// <summary>
    /// sums[firstSum + i, k] = Σ dy[pixel, k] over the pixels of the i-th 32 tiles of a chunk. A plane of D holds the sums over each
    /// tile: that of the second row of A, which is (1, 1, 1, 1), in both directions.
    /// </summary>
    /// <param name="gradients">D, [36, blocks, count, 16].</param>
    /// <param name="sums">[sums of all chunks, K].</param>
    /// <param name="count">Tiles of the chunk.</param>
    /// <param name="firstSum">The chunk's first row of sums.</param>
    /// <param name="channels">K.</param>
    public static void SumGradients<T>(ArrayView<T> gradients, ArrayView<T> sums, int count, int firstSum, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = channels / Block;
        int parts = (count + TilesOfSum - 1) / TilesOfSum;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < parts * blocks; index += stride)
        {
            int block = index % blocks;
            int first = index / blocks * TilesOfSum;
            int end = IntrinsicMath.Min(first + TilesOfSum, count);
            int panel = ((Inputs + 1) * blocks + block) * count;
            var sum = new Block16<T>();
            for (int tile = first; tile < end; tile++)
                sum += Block16<T>.Load(gradients, (panel + tile) * Block);
            sum.Store(sums, (firstSum + index / blocks) * channels + block * Block);
        }
    }

    /// <summary>dw = Gᵀ·dU·G for every pair of channels.</summary>
    /// <param name="sums">dU, [36, rows, K].</param>
    /// <param name="dw">[3, 3, C, K].</param>
    /// <param name="channels">C.</param>
    /// <param name="gradientChannels">K, a multiple of 16.</param>
    public static void TransformSums<T>(ArrayView<T> sums, ArrayView<T> dw, int channels, int gradientChannels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> halfway = LocalMemory.Allocate<T>(Taps * Inputs * Block);
        int plane = sums.IntLength / Products;
        int tapStep = channels * gradientChannels;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < tapStep / Block; index += stride)
        {
            int at = index * Block;
            for (int j = 0; j < Inputs; j++)
                WinogradTransforms.WeightGradient(sums, j * plane + at, Inputs * plane, halfway, j * Block, Inputs * Block);
            for (int u = 0; u < Taps; u++)
                WinogradTransforms.WeightGradient(halfway, u * Inputs * Block, Block, dw, u * Taps * tapStep + at, tapStep);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The 3×3 convolution by Winograd's algorithm (<see cref="WinogradTransforms"/>) in three steps: the tiles' inputs become
/// V[ξ][tile, c], the 36 planes ξ are multiplied by the transformed weights, M[ξ] = V[ξ]·U[ξ], and M becomes the outputs.
/// </summary>
/// <remarks>
/// The cost: a quarter of the products of other convolutions, and V and M in memory, each 36/16 times as large as the image; so
/// tiles are done in chunks. No barriers, no shared memory: a work-item transforms 16 channels of a tile in private memory, or
/// multiplies 6 tiles with 16 output channels in registers (22 loads for 96 products). The transforms' loops end where the tiles
/// say, not at constants: once a compiler has unrolled them all it no longer makes vectors of the 16 channels (measured with pocl:
/// a sixth of the speed).
/// </remarks>
internal static class WinogradKernels
{
    /// <summary>Tiles that a work-item of <see cref="Multiply"/> computes: 6 × 16 sums fit into 16 registers of 8 numbers.</summary>
    public const int Rows = 6;

    private const int Block = 16;
    private const int Inputs = WinogradTransforms.Inputs;
    private const int Outputs = WinogradTransforms.Outputs;
    private const int Taps = WinogradTransforms.Taps;
    private const int Products = WinogradTransforms.Products;

    /// <summary>U[ξ][k / 16, c, k mod 16] = element ξ of G·w·Gᵀ.</summary>
    /// <param name="w">[blocks, 3, 3, C, 16], as <see cref="PaddingKernels.PackWeight"/> makes it.</param>
    /// <param name="transformed">[36, blocks, C, 16].</param>
    /// <param name="channels">C.</param>
    public static void TransformWeights<T>(ArrayView<T> w, ArrayView<T> transformed, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> halfway = LocalMemory.Allocate<T>(Inputs * Taps * Block);
        int plane = transformed.IntLength / Products;
        int tapStep = channels * Block;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < plane / Block; index += stride)
        {
            int first = (index / channels * Taps * Taps * channels + index % channels) * Block;
            for (int j = 0; j < Taps; j++)
                WinogradTransforms.Weight(w, first + j * tapStep, Taps * tapStep, halfway, j * Block, Taps * Block);
            for (int i = 0; i < Inputs; i++)
                WinogradTransforms.Weight(halfway, i * Taps * Block, Block, transformed, i * Inputs * plane + index * Block, plane);
        }
    }

    /// <summary>V[ξ][tile − first, c] = element ξ of Bᵀ·d·B, d being the 6×6 pixels of the tile.</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="bits">Those of x that count, as <see cref="BlockSource{T}"/> has them.</param>
    /// <param name="transformed">[36, count, C].</param>
    /// <param name="tiles">Tiles of x.</param>
    /// <param name="first">The first tile of the chunk.</param>
    /// <param name="count">Tiles of the chunk.</param>
    public static void TransformInputs<T>(
        ArrayView<T> x, ArrayView<ushort> bits, ArrayView<T> transformed, WinogradTiles tiles, int first, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> patch = LocalMemory.Allocate<T>(Products * Block);
        var pixels = new BlockSource<T>(x, bits);
        int blocks = tiles.Channels / Block;
        int plane = count * tiles.Channels;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < count * blocks; index += stride)
        {
            int tile = first + index / blocks;
            int channel = index % blocks * Block;
            for (int i = 0; i < tiles.Size; i++)
            {
                for (int j = 0; j < tiles.Size; j++)
                    ReadPixel(pixels, tiles, tile, i, j, channel, patch, (i * Inputs + j) * Block);
            }

            for (int j = 0; j < tiles.Size; j++)
                WinogradTransforms.Input(patch, j * Block, Inputs * Block, patch, j * Block, Inputs * Block);
            for (int i = 0; i < tiles.Size; i++)
                WinogradTransforms.Input(patch, i * Inputs * Block, Block, transformed, i * Inputs * plane + index * Block, plane);
        }
    }

    /// <summary>M[ξ][tile, k] = Σ V[ξ][tile, c] · U[ξ][k / 16, c, k mod 16] over c: 36 matrix products.</summary>
    /// <param name="inputs">V, [36, count, width].</param>
    /// <param name="weights">U, [36, blocks, C, 16].</param>
    /// <param name="products">M, [36, count, blocks · 16].</param>
    /// <param name="count">Tiles.</param>
    /// <param name="width">C, rounded up to a multiple of 16.</param>
    /// <param name="channels">C.</param>
    /// <param name="blocks">Blocks of 16 output channels.</param>
    public static void Multiply<T>(
        ArrayView<T> inputs, ArrayView<T> weights, ArrayView<T> products, int count, int width, int channels, int blocks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int groups = (count + Rows - 1) / Rows;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < Products * blocks * groups; index += stride)
        {
            int panel = index / groups; // (ξ, block)
            int plane = panel / blocks * count;

            // Past the last tile the last one is computed again, and written again with the same value: cheaper than a branch.
            int tile0 = plane + index % groups * Rows;
            int last = plane + count - 1;
            int tile1 = IntrinsicMath.Min(tile0 + 1, last);
            int tile2 = IntrinsicMath.Min(tile0 + 2, last);
            int tile3 = IntrinsicMath.Min(tile0 + 3, last);
            int tile4 = IntrinsicMath.Min(tile0 + 4, last);
            int tile5 = IntrinsicMath.Min(tile0 + 5, last);

            var sum0 = new Block16<T>();
            var sum1 = new Block16<T>();
            var sum2 = new Block16<T>();
            var sum3 = new Block16<T>();
            var sum4 = new Block16<T>();
            var sum5 = new Block16<T>();
            int weight = panel * channels * Block;
            for (int c = 0; c < channels; c++)
            {
                var row = Block16<T>.Load(weights, weight);
                sum0.MultiplyAdd(inputs[tile0 * width + c], row);
                sum1.MultiplyAdd(inputs[tile1 * width + c], row);
                sum2.MultiplyAdd(inputs[tile2 * width + c], row);
                sum3.MultiplyAdd(inputs[tile3 * width + c], row);
                sum4.MultiplyAdd(inputs[tile4 * width + c], row);
                sum5.MultiplyAdd(inputs[tile5 * width + c], row);
                weight += Block;
            }

            int k = panel % blocks;
            sum0.Store(products, (tile0 * blocks + k) * Block);
            sum1.Store(products, (tile1 * blocks + k) * Block);
            sum2.Store(products, (tile2 * blocks + k) * Block);
            sum3.Store(products, (tile3 * blocks + k) * Block);
            sum4.Store(products, (tile4 * blocks + k) * Block);
            sum5.Store(products, (tile5 * blocks + k) * Block);
        }
    }

    /// <summary>y = the epilogue of bias + Aᵀ·m·A, m being the 6×6 products of a tile; y's pixels outside the image are dropped.</summary>
    /// <param name="products">M, [36, count, K].</param>
    /// <param name="epilogue">Of K channels.</param>
    /// <param name="y">[N, rows, columns, K].</param>
    /// <param name="tiles">Tiles of y.</param>
    /// <param name="first">The first tile of the chunk.</param>
    /// <param name="count">Tiles of the chunk.</param>
    public static void TransformOutputs<T>(
        ArrayView<T> products, KernelEpilogue<T> epilogue, ArrayView<T> y, WinogradTiles tiles, int first, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> halfway = LocalMemory.Allocate<T>(Outputs * Inputs * Block);
        ArrayView<T> patch = LocalMemory.Allocate<T>(Outputs * Outputs * Block);
        int blocks = tiles.Channels / Block;
        int plane = count * tiles.Channels;
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < count * blocks; index += stride)
        {
            int tile = first + index / blocks;
            int channel = index % blocks * Block;
            for (int j = 0; j < tiles.Products; j++)
                WinogradTransforms.Output(products, j * plane + index * Block, Inputs * plane, halfway, j * Block, Inputs * Block);
            for (int i = 0; i < tiles.Size; i++)
                WinogradTransforms.Output(halfway, i * Inputs * Block, Block, patch, i * Outputs * Block, Block);

            var added = Block16<T>.Load(epilogue.Bias, channel);
            int top = tiles.Top(tile);
            int left = tiles.Left(tile);
            for (int i = 0; i < tiles.Size; i++)
            {
                for (int j = 0; j < tiles.Size; j++)
                {
                    if (tiles.Contains(top + i, left + j))
                    {
                        Block16<T> sum = Block16<T>.Load(patch, (i * Outputs + j) * Block) + added;
                        epilogue.Store(sum, y, tiles.At(tiles.Image(tile), top + i, left + j) + channel);
                    }
                }
            }
        }
    }

    /// <summary>Copies 16 channels of pixel (i, j) of a tile to private memory, zeros where the image has no such pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ReadPixel<T>(
        BlockSource<T> x, WinogradTiles tiles, int tile, int i, int j, int channel, ArrayView<T> to, int at)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int row = tiles.Top(tile) + i;
        int column = tiles.Left(tile) + j;
        if (tiles.Contains(row, column))
            x.Copy(tiles.At(tiles.Image(tile), row, column) + channel, to, at);
        else
            new Block16<T>().Store(to, at);
    }
}

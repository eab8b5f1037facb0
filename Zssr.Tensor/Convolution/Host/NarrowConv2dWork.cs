using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// A row of a convolution to few channels, in two steps: for every pixel of the source the products with the weights of each column v of the
/// kernel, summed over the kernel's rows,
/// t[q, (v, k)] = Σ over u, c of x[i + u − p, q, c] · w[u, v, c, k], a matrix product; then y[i, j, k] = Σ over v of t[j + v − p, (v, k)].
/// </summary>
/// <remarks>From 64 to 3 channels, 3×3, a vector of 16 lanes is used for 9 columns (v, k) instead of three times for 3.</remarks>
internal readonly unsafe struct NarrowConv2dWork(
    NarrowConv2dPlan plan, PixelSource source, float* packed, HostEpilogue epilogue, float* target, Host host) : IHostWork
{
    public long Cost => plan.Cost;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.Of(plan.Images * plan.TargetHeight, part, parts);
        if (band.Start == band.End)
            return;

        int columns = PanelPacking.PaddedColumns(plan.Columns, S.Lanes);
        int pixels = DirectConv2dPlan.TileRows(plan.SourceWidth);
        long rowsSize = PaddedRows.Size(plan.SourceChannels, pixels, plan.KernelHeight);
        long productsSize = AlignedMemory.Lines((long)pixels * columns), sumsSize = AlignedMemory.Lines((long)plan.TargetWidth * plan.TargetChannels);
        float* memory = host.Scratch(part).Reserve(rowsSize + productsSize + sumsSize + AlignedMemory.Lines(2L * plan.KernelHeight));
        var sourceRows = new PaddedRows(
            memory, source, plan.SourceHeight, plan.SourceWidth, plan.SourceChannels, left: 0, pixels, plan.KernelHeight);
        float* products = memory + rowsSize, sums = products + productsSize;
        float** kernelRows = (float**)(sums + sumsSize);

        for (int i = band.Start; i < band.End; i++)
        {
            (int image, int row) = Math.DivRem(i, plan.TargetHeight);
            for (int u = 0; u < plan.KernelHeight; u++)
                kernelRows[u] = sourceRows.Row<V, S>(image, row + u - plan.Padding);
            Multiply<V, S>(kernelRows, products, columns);
            AddShifted(products, columns, sums);
            epilogue.Write<V, S>(
                sums, plan.TargetChannels, plan.TargetWidth, target, (long)i * plan.TargetWidth, 1, plan.TargetChannels);
        }
    }

    /// <summary>t, [pixels of the source row, columns].</summary>
    private void Multiply<V, S>(float** kernelRows, float* products, int columns)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channels = plan.SourceChannels;
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
            float* panel = packed + (nint)column * plan.Depth;
            for (int pixel = 0; pixel < plan.SourceWidth; pixel += GemmTile.Rows)
            {
                GemmTile.Multiply<V, S>(
                    vectors, kernelRows, plan.KernelHeight, (nint)pixel * channels, channels, channels, panel,
                    products + (nint)pixel * columns + column, columns);
            }
        }
    }

    /// <summary>sums[j, k] = Σ over v of t[j + v − p, (v, k)], pixels outside the image being zero.</summary>
    private void AddShifted(float* products, int columns, float* sums)
    {
        int channels = plan.TargetChannels;
        new Span<float>(sums, plan.TargetWidth * channels).Clear();
        for (int v = 0; v < plan.KernelWidth; v++)
        {
            int shift = v - plan.Padding;
            int first = Math.Max(0, -shift), end = Math.Min(plan.TargetWidth, plan.SourceWidth - shift);
            for (int j = first; j < end; j++)
            {
                float* from = products + (nint)(j + shift) * columns + v * channels, to = sums + j * channels;
                for (int k = 0; k < channels; k++)
                    to[k] += from[k];
            }
        }
    }
}

/// <summary>
/// The weights as the matrix with the rows (u, c) and the columns (v, k), packed for <see cref="GemmTile"/>. It is small: one part does it all.
/// </summary>
/// <param name="plan">The sizes.</param>
/// <param name="weights">[kernel height, kernel width, source channels, target channels], or, turned, with the channels swapped.</param>
/// <param name="matrix">Room for the matrix.</param>
/// <param name="packed">The packed matrix.</param>
internal readonly unsafe struct NarrowWeightsWork(NarrowConv2dPlan plan, float* weights, float* matrix, float* packed) : IHostWork
{
    public long Cost => 1;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* to = matrix;
        for (int u = 0; u < plan.KernelHeight; u++)
        {
            for (int c = 0; c < plan.SourceChannels; c++)
            {
                for (int v = 0; v < plan.KernelWidth; v++)
                {
                    for (int k = 0; k < plan.TargetChannels; k++)
                        *to++ = Weight(u, v, c, k);
                }
            }
        }

        PanelPacking.Pack<V, S>(matrix, plan.Columns, 1, plan.Depth, plan.Columns, packed, 0, plan.Depth);
    }

    private float Weight(int u, int v, int c, int k)
    {
        int tap = u * plan.KernelWidth + v, lastTap = plan.KernelHeight * plan.KernelWidth - 1;
        return plan.IsTurned
            ? weights[((nint)(lastTap - tap) * plan.TargetChannels + k) * plan.SourceChannels + c]
            : weights[((nint)tap * plan.SourceChannels + c) * plan.TargetChannels + k];
    }
}

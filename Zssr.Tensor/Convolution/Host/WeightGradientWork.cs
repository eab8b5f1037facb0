using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// dw[u, v, c, k] = Σ over images and pixels of x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k]: for each row of dy and each kernel
/// row u a product Aᵀ·B, A being the row of x that lies under u (its columns (v, c) are contiguous) and B the row of dy.
/// Each part sums its own rows into a matrix of its own, followed by db[k] = Σ dy[n, i, j, k]; <see cref="SumWeightGradientsWork"/> adds
/// them up.
/// </summary>
internal readonly unsafe struct WeightGradientWork(
    DirectConv2dPlan plan, PixelSource x, PixelSource dy, float* partial, long matrixSize, long partialSize, Host host) : IHostWork
{
    public long Cost => plan.Cost;

    /// <summary>Rows of the matrix of one kernel row: (v, c), rounded up to whole tiles.</summary>
    public static int KernelRowSize(in DirectConv2dPlan plan) =>
        DirectConv2dPlan.TileRows(plan.Horizontal.Kernel * plan.SourceChannels);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* sum = partial + part * partialSize, biasSum = sum + matrixSize;
        new Span<float>(sum, checked((int)partialSize)).Clear();
        int height = plan.Vertical.Output;
        Band band = Band.Of(plan.Images * height, part, parts);

        int width = plan.Horizontal.Output;
        int kernelHeight = plan.Vertical.Kernel;
        int channels = plan.TargetChannels;
        int columns = PanelPacking.PaddedColumns(channels, S.Lanes);
        // A tile reads up to 5 columns of A past the last (v, c): a few pixels more keep that inside the buffer.
        int pixels = plan.Pixels + GemmTile.Rows;
        long rowsSize = PaddedRows.Size(plan.SourceChannels, pixels, kernelHeight);
        long packedSize = AlignedMemory.Lines((long)width * columns);
        float* memory = host.Scratch(part).Reserve(rowsSize + 2 * packedSize);
        var sourceRows = new PaddedRows(
            memory, x, plan.Vertical.Source, plan.Horizontal.Source, plan.SourceChannels, plan.Left, pixels, kernelHeight);
        float* packed = memory + rowsSize, dyRow = packed + packedSize;

        for (int i = band.Start; i < band.End; i++)
        {
            (int image, int row) = Math.DivRem(i, height);
            dy.Copy<V, S>((long)i * width, width, channels, dyRow);
            PanelPacking.Pack<V, S>(dyRow, channels, 1, width, channels, packed, 0, width);
            PanelPacking.AddRows<V, S>(packed, width, width, columns, biasSum);
            for (int u = 0; u < kernelHeight; u++)
            {
                float* xRow = sourceRows.Row<V, S>(image, row * plan.Vertical.Stride + u - plan.Vertical.Padding);
                AddRow<V, S>(xRow, packed, sum + (nint)u * KernelRowSize(plan) * columns, columns);
            }
        }
    }

    private void AddRow<V, S>(float* xRow, float* packed, float* sum, int columns)
        where V : struct
        where S : struct, ISimd<V>
    {
        int width = plan.Horizontal.Output;
        nint step = (nint)plan.Horizontal.Stride * plan.SourceChannels;
        int rows = plan.Horizontal.Kernel * plan.SourceChannels;
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
            for (int row = 0; row < rows; row += GemmTile.Rows)
            {
                GemmTile.AddTransposed<V, S>(
                    vectors, xRow + row, step, width, packed + (nint)column * width, sum + (nint)row * columns + column, columns);
            }
        }
    }
}

/// <summary>
/// Adds up the parts' weight gradients, in the order of the parts, and drops what was padded. If turned, the kernel comes out rotated by 180°
/// and its channels swapped.
/// </summary>
internal readonly unsafe struct SumWeightGradientsWork(
    DirectConv2dPlan plan, float* partial, long partialSize, int partials, float* dw, bool isTurned) : IHostWork
{
    public long Cost => partialSize * partials;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channels = plan.TargetChannels;
        int columns = PanelPacking.PaddedColumns(channels, S.Lanes);
        int perKernelRow = plan.Horizontal.Kernel * plan.SourceChannels;
        Band band = Band.Of(plan.Vertical.Kernel * perKernelRow, part, parts);
        for (int i = band.Start; i < band.End; i++)
        {
            (int u, int row) = Math.DivRem(i, perKernelRow);
            float* from = partial + ((nint)u * WeightGradientWork.KernelRowSize(plan) + row) * columns;
            for (int column = 0; column < columns; column += S.Lanes)
            {
                V sum = S.Load(from + column);
                for (int p = 1; p < partials; p++)
                    sum = S.Add(sum, S.Load(from + p * partialSize + column));
                // The first partial is not needed any more: a place to store a vector that may be longer than what is left of dw.
                S.Store(sum, from + column);
            }

            if (isTurned)
                WriteTurned(from, i);
            else
                Buffer.MemoryCopy(from, dw + (nint)i * channels, (long)channels * sizeof(float), (long)channels * sizeof(float));
        }
    }
    /// <summary>Row i of the matrix is tap and source channel; its columns, the target channels, become rows.</summary>
    private void WriteTurned(float* from, int i)
    {
        (int tap, int source) = Math.DivRem(i, plan.SourceChannels);
        int lastTap = plan.Vertical.Kernel * plan.Horizontal.Kernel - 1;
        float* to = dw + (nint)(lastTap - tap) * plan.TargetChannels * plan.SourceChannels + source;
        for (int target = 0; target < plan.TargetChannels; target++)
            to[(nint)target * plan.SourceChannels] = from[target];
    }
}

/// <summary>target[i] = Σ of the parts' numbers i, in the order of the parts.</summary>
internal readonly unsafe struct SumPartsWork(float* partial, long partialSize, int partials, float* target, int count) : IHostWork
{
    public long Cost => (long)count * partials;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        for (int i = band.Start; i < band.End; i++)
        {
            float sum = partial[i];
            for (int p = 1; p < partials; p++)
                sum += partial[p * partialSize + i];
            target[i] = sum;
        }
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// The first half of the weight gradient by Winograd's algorithm: dU[ξ] = Σ over tiles of (Bᵀ·x·B)[ξ]ᵀ·(A·dy·Aᵀ)[ξ], 36 matrices [C, K].
/// Each part sums its own tiles into matrices of its own, followed by db[k] = Σ dy[n, i, j, k]; <see cref="WinogradWeightGradientSum"/>
/// does the other half.
/// </summary>
internal readonly unsafe struct WinogradWeightGradientWork(
    WinogradPlan plan, PixelSource x, PixelSource dy, float* partial, long matricesSize, long partialSize, Host host) : IHostWork
{
    /// <summary>Tiles of a block: as many make a sum long enough to be worth loading and storing dU.</summary>
    private const int Block = 32;

    private const int Inputs = HostWinogradTransforms.Inputs;
    private const int Outputs = HostWinogradTransforms.Outputs;

    // In the second row and column of A·dy·Aᵀ stands the sum of all elements of dy: the second row of A is all ones.
    private const int PlaneOfSums = Inputs + 1;

    public long Cost => plan.Cost;

    /// <summary>Floats of one of the 36 matrices of a part: rows of C, rounded up to whole tiles.</summary>
    public static int Plane(in WinogradPlan plan) => DirectConv2dPlan.TileRows(plan.Source.Channels) * plan.Target.Channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* sums = partial + part * partialSize, biasSums = sums + matricesSize;
        new Span<float>(sums, checked((int)partialSize)).Clear();

        // The last tile of rows reads up to five columns past the last channel; a plane is that much longer.
        int sourcePlane = Block * plan.Source.Channels + Tail.MaxLanes, gradientPlane = Block * plan.Target.Channels + Tail.MaxLanes;
        int sourceFloats = HostWinogradTransforms.Products * sourcePlane, gradientFloats = HostWinogradTransforms.Products * gradientPlane;
        float* memory = host.Scratch(part).Reserve(
            (long)sourceFloats + gradientFloats + plan.Source.Floats + plan.Target.Floats + Inputs * Inputs * S.Lanes);
        float* transformed = memory, gradients = memory + sourceFloats, sourceRoom = gradients + gradientFloats;
        float* gradientRoom = sourceRoom + plan.Source.Floats, halfway = gradientRoom + plan.Target.Floats;

        Band band = Band.Of(plan.Count, part, parts);
        for (int first = band.Start; first < band.End; first += Block)
        {
            int tiles = Math.Min(Block, band.End - first), next = Math.Min(Block, band.End - first - tiles);
            for (int t = 0; t < tiles; t++)
            {
                float* pixels = plan.Source.Read<V, S>(x, first + t, sourceRoom, out nint rowStep);
                WinogradConv2dWork.TransformInput<V, S>(
                    pixels, rowStep, plan.Source.Channels, halfway, transformed + t * plan.Source.Channels, sourcePlane);
                float* slopes = plan.Target.Read<V, S>(dy, first + t, gradientRoom, out nint slopeStep);
                TransformGradient<V, S>(slopes, slopeStep, halfway, gradients, t, gradientPlane);
            }

            for (int plane = 0; plane < HostWinogradTransforms.Products; plane++)
            {
                float* sum = sums + (nint)plane * Plane(plan);
                AddProducts<V, S>(transformed + plane * sourcePlane, gradients + plane * gradientPlane, tiles, sum);
                plan.Source.Prefetch(x.Pixels, first + tiles, next, plane);
                plan.Target.Prefetch(dy.Pixels, first + tiles, next, plane);
            }

            PanelPacking.AddRows<V, S>(gradients + PlaneOfSums * gradientPlane, tiles, Block, plan.Target.Channels, biasSums);
        }
    }

    /// <summary>A·dy·Aᵀ of one tile, element ξ of it to row t of the packed plane ξ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void TransformGradient<V, S>(float* pixels, nint rowStep, float* halfway, float* packed, int t, nint plane)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channels = plan.Target.Channels;
        for (int start = 0, width; start < channels; start += width)
        {
            width = GemmTile.PanelFor<V, S>((channels - start) / S.Lanes) * S.Lanes;
            float* panelRow = packed + (nint)start * Block + (nint)t * width;
            for (int lane = 0; lane < width; lane += S.Lanes)
            {
                float* first = pixels + start + lane;
                for (int j = 0; j < Outputs; j++)
                    HostWinogradTransforms.OutputGradient<V, S>(first + j * channels, rowStep, halfway + j * S.Lanes, Outputs * S.Lanes);
                for (int i = 0; i < Inputs; i++)
                {
                    HostWinogradTransforms.OutputGradient<V, S>(
                        halfway + i * Outputs * S.Lanes, S.Lanes, panelRow + lane + i * Inputs * plane, plane);
                }
            }
        }
    }

    private void AddProducts<V, S>(float* rows, float* packed, int tiles, float* sum)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channels = plan.Source.Channels, columns = plan.Target.Channels;
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
            for (int c = 0; c < channels; c += GemmTile.Rows)
            {
                GemmTile.AddTransposed<V, S>(
                    vectors, rows + c, channels, tiles, packed + (nint)column * Block, sum + (nint)c * columns + column, columns);
            }
        }
    }
}

/// <summary>The second half: dw = Gᵀ·dU·G for every pair of channels, dU being the sum of the parts' in their order.</summary>
internal readonly unsafe struct WinogradWeightGradientSum(
    WinogradPlan plan, float* partial, long partialSize, int partials, float* dw, Host host) : IHostWork
{
    private const int Inputs = HostWinogradTransforms.Inputs;
    private const int Taps = HostWinogradTransforms.Taps;

    public long Cost => partialSize * partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int columns = plan.Target.Channels;
        nint plane = WinogradWeightGradientWork.Plane(plan), tapStep = plan.Pairs;
        float* sums = host.Scratch(part).Reserve((HostWinogradTransforms.Products + Taps * Inputs) * S.Lanes);
        float* halfway = sums + HostWinogradTransforms.Products * S.Lanes;
        Band band = Band.Of(plan.Pairs / S.Lanes, part, parts);
        for (int i = band.Start; i < band.End; i++)
        {
            int at = i * S.Lanes;
            for (int product = 0; product < HostWinogradTransforms.Products; product++)
            {
                float* from = partial + product * plane + at;
                V sum = S.Load(from);
                for (int p = 1; p < partials; p++)
                    sum = S.Add(sum, S.Load(from + p * partialSize));
                S.Store(sum, sums + product * S.Lanes);
            }

            for (int j = 0; j < Inputs; j++)
                HostWinogradTransforms.WeightGradient<V, S>(sums + j * S.Lanes, Inputs * S.Lanes, halfway + j * S.Lanes, Inputs * S.Lanes);
            for (int u = 0; u < Taps; u++)
                HostWinogradTransforms.WeightGradient<V, S>(halfway + u * Inputs * S.Lanes, S.Lanes, dw + u * Taps * tapStep + at, tapStep);
        }
    }
}

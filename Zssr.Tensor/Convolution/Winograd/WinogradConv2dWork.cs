using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// The convolution by Winograd's algorithm (<see cref="HostWinogradTransforms"/>). A thread goes over its tiles in blocks: transforms the inputs of a
/// block to V[ξ][tile, c], multiplies each of the 36 planes by its weights, M[ξ] = V[ξ]·U[ξ], transforms M to the sums of the outputs and
/// finishes them.
/// </summary>
/// <remarks>
/// With 64 channels a block of 12 tiles makes V and M of 111 KB each; with the weights, 590 KB, they fit into a second-level cache of 1 MB.
/// While it multiplies, a thread asks for the pixels that it will read and write next: without, it would wait for them an eighth of the time.
/// </remarks>
internal readonly unsafe struct WinogradConv2dWork(
    WinogradPlan plan, PixelSource source, float* weights, HostEpilogue epilogue, float* target, Host host) : IHostWork
{
    /// <summary>Tiles of a block: whole tiles of <see cref="GemmTile"/>, each row of which is a tile of the image.</summary>
    private const int Block = 2 * GemmTile.Rows;

    private const int Inputs = HostWinogradTransforms.Inputs;
    private const int Outputs = HostWinogradTransforms.Outputs;

    public long Cost => plan.Cost;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Planes do not start a power of two apart, which would put them all into the same lines of the first-level cache.
        int sourcePlane = Block * plan.Source.Channels + Tail.MaxLanes;
        int targetPlane = Block * plan.Target.Channels + Tail.MaxLanes;
        int sourceFloats = HostWinogradTransforms.Products * sourcePlane, targetFloats = HostWinogradTransforms.Products * targetPlane;
        float* memory = host.Scratch(part).Reserve(
            (long)sourceFloats + targetFloats + plan.Source.Floats + plan.Target.Floats + Inputs * Inputs * S.Lanes);
        float* transformed = memory, products = memory + sourceFloats, sourceRoom = products + targetFloats;
        float* sums = sourceRoom + plan.Source.Floats, halfway = sums + plan.Target.Floats;

        Band band = Band.Of(plan.Count, part, parts);
        for (int first = band.Start; first < band.End; first += Block)
        {
            int tiles = Math.Min(Block, band.End - first), next = Math.Min(Block, band.End - first - tiles);
            for (int t = 0; t < tiles; t++)
            {
                float* pixels = plan.Source.Read<V, S>(source, first + t, sourceRoom, out nint rowStep);
                TransformInput<V, S>(pixels, rowStep, plan.Source.Channels, halfway, transformed + t * plan.Source.Channels, sourcePlane);
            }

            for (int plane = 0; plane < HostWinogradTransforms.Products; plane++)
            {
                float* planeWeights = weights + (nint)plane * plan.WeightPlane;
                Multiply<V, S>(transformed + plane * sourcePlane, tiles, planeWeights, products + plane * targetPlane);
                plan.Target.Prefetch(target, first, tiles, plane);
                plan.Source.Prefetch(source.Pixels, first + tiles, next, plane);
            }

            for (int t = 0; t < tiles; t++)
            {
                TransformOutput<V, S>(products + t * plan.Target.Channels, targetPlane, plan.Target.Channels, halfway, sums);
                plan.Target.Write<V, S>(sums, first + t, epilogue, target);
            }
        }
    }

    /// <summary>Bᵀ·d·B of one tile, element ξ of it to plane ξ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformInput<V, S>(float* pixels, nint rowStep, int channels, float* halfway, float* to, nint plane)
        where V : struct
        where S : struct, ISimd<V>
    {
        for (int c = 0; c < channels; c += S.Lanes)
        {
            for (int j = 0; j < Inputs; j++)
                HostWinogradTransforms.Input<V, S>(pixels + j * channels + c, rowStep, halfway + j * S.Lanes, Inputs * S.Lanes);
            for (int i = 0; i < Inputs; i++)
                HostWinogradTransforms.Input<V, S>(halfway + i * Inputs * S.Lanes, S.Lanes, to + i * Inputs * plane + c, plane);
        }
    }

    private void Multiply<V, S>(float* rows, int count, float* planeWeights, float* products)
        where V : struct
        where S : struct, ISimd<V>
    {
        int depth = plan.Source.Channels, columns = plan.Target.Channels;
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
            float* panel = planeWeights + (nint)column * depth;
            for (int row = 0; row < count; row += GemmTile.Rows)
            {
                GemmTile.Multiply<V, S>(
                    vectors, &rows, 1, (nint)row * depth, depth, depth, panel, products + (nint)row * columns + column, columns);
            }
        }
    }

    /// <summary>Aᵀ·m·A of one tile: the sums of its 4×4 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformOutput<V, S>(float* from, nint plane, int channels, float* halfway, float* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        for (int c = 0; c < channels; c += S.Lanes)
        {
            for (int j = 0; j < Inputs; j++)
                HostWinogradTransforms.Output<V, S>(from + j * plane + c, Inputs * plane, halfway + j * S.Lanes, Inputs * S.Lanes);
            for (int i = 0; i < Outputs; i++)
            {
                float* row = sums + i * Outputs * channels + c;
                HostWinogradTransforms.Output<V, S>(halfway + i * Inputs * S.Lanes, S.Lanes, row, channels);
            }
        }
    }
}

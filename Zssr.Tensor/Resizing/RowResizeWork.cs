using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Resizing along an axis that has many contiguous elements after it, such as an image's rows: a row of the result is a weighted sum of
/// whole rows.
/// </summary>
/// <remarks>
/// Rows are cut into blocks, and block after block all rows are computed, so that the source rows, each of which serves several rows
/// of the result, come from the cache.
/// </remarks>
/// <param name="x">[outer, taps.Inputs, inner].</param>
/// <param name="y">[outer, taps.Outputs, inner].</param>
/// <param name="taps">What to sum.</param>
/// <param name="outer">Images.</param>
/// <param name="inner">Elements of a row, at least those of a vector.</param>
internal readonly unsafe struct RowResizeWork(float* x, float* y, ResizeTaps taps, int outer, int inner) : IHostWork
{
    private const int Block = 1024;

    public long Cost => (long)outer * taps.Outputs * inner * taps.Taps / 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int blocks = (inner + Block - 1) / Block;
        Band rowsOfBlocks = Band.Of(outer * blocks * taps.Outputs, part, parts);
        for (int unit = rowsOfBlocks.Start; unit < rowsOfBlocks.End; unit++)
        {
            int i = unit % taps.Outputs, block = unit / taps.Outputs % blocks, image = unit / taps.Outputs / blocks;
            Band columns = Band.Of(inner, block, blocks);
            float* source = x + (nint)image * taps.Inputs * inner, target = y + ((nint)image * taps.Outputs + i) * inner;
            int k = columns.Start;
            for (; k <= columns.End - 4 * S.Lanes; k += 4 * S.Lanes)
                FourVectors<V, S>(source + k, target + k, i);
            for (; k <= columns.End - S.Lanes; k += S.Lanes)
                OneVector<V, S>(source + k, target + k, i);
            // The last vector ends where the block does; what it shares with the one before is computed again, to the same bits.
            if (k < columns.End)
                OneVector<V, S>(source + columns.End - S.Lanes, target + columns.End - S.Lanes, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourVectors<V, S>(float* source, float* target, int i)
        where V : struct
        where S : struct, ISimd<V>
    {
        V s0 = S.Zero, s1 = S.Zero, s2 = S.Zero, s3 = S.Zero;
        int* index = taps.Indices(i);
        float* weights = taps.Weights(i);
        int used = taps.Used(i);
        for (int t = 0; t < used; t++)
        {
            V weight = S.Broadcast(weights[t]);
            float* row = source + (nint)index[t] * inner;
            s0 = S.MultiplyAdd(S.Load(row), weight, s0);
            s1 = S.MultiplyAdd(S.Load(row + S.Lanes), weight, s1);
            s2 = S.MultiplyAdd(S.Load(row + 2 * S.Lanes), weight, s2);
            s3 = S.MultiplyAdd(S.Load(row + 3 * S.Lanes), weight, s3);
        }

        S.Store(s0, target);
        S.Store(s1, target + S.Lanes);
        S.Store(s2, target + 2 * S.Lanes);
        S.Store(s3, target + 3 * S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OneVector<V, S>(float* source, float* target, int i)
        where V : struct
        where S : struct, ISimd<V>
    {
        V sum = S.Zero;
        int* index = taps.Indices(i);
        float* weights = taps.Weights(i);
        int used = taps.Used(i);
        for (int t = 0; t < used; t++)
            sum = S.MultiplyAdd(S.Load(source + (nint)index[t] * inner), S.Broadcast(weights[t]), sum);
        S.Store(sum, target);
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>What is summed up per channel.</summary>
internal interface IChannelTerm
{
    /// <summary>The term of one element; centre is the channel's mean where one is needed.</summary>
    static abstract V Apply<V, S>(V x, V centre)
        where V : struct
        where S : struct, ISimd<V>;
}

/// <summary>x.</summary>
internal readonly struct Itself : IChannelTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, S>(V x, V centre)
        where V : struct
        where S : struct, ISimd<V> => x;
}

/// <summary>(x − centre)².</summary>
internal readonly struct SquaredDeviation : IChannelTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, S>(V x, V centre)
        where V : struct
        where S : struct, ISimd<V>
    {
        V deviation = S.Subtract(x, centre);
        return S.Multiply(deviation, deviation);
    }
}

/// <summary>
/// partials[part, c] = Σ over the part's rows of the term of x[row, c], in float32 within blocks of 32 rows and in float64 across them.
/// </summary>
/// <param name="x">[rows, channels].</param>
/// <param name="rows">Pixels of all images.</param>
/// <param name="channels">Floats of a row.</param>
/// <param name="centre">[channels], or null for 0.</param>
/// <param name="partials">[parts, channels].</param>
internal readonly unsafe struct ChannelSumWork<TTerm>(float* x, int rows, int channels, float* centre, double* partials) : IHostWork
    where TTerm : struct, IChannelTerm
{
    private const int Block = 32;

    public long Cost => (long)rows * channels;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        double* sums = partials + (nint)part * channels;
        new Span<double>(sums, channels).Clear();
        Band band = Band.Of(rows, part, parts);
        for (int start = band.Start; start < band.End; start += Block)
            AddBlock<V, S>(x + (nint)start * channels, Math.Min(Block, band.End - start), sums);
    }

    // Four vectors of channels at a time where there are as many: four sums that need not wait for each other, and whole cache lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock<V, S>(float* block, int blockRows, double* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channel = 0;
        for (; channel <= channels - 4 * S.Lanes; channel += 4 * S.Lanes)
            AddFourVectors<V, S>(block + channel, blockRows, channel, sums + channel);
        for (; channel < channels; channel += S.Lanes)
            AddOneVector<V, S>(block + channel, blockRows, channel, sums + channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFourVectors<V, S>(float* first, int blockRows, int channel, double* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        V m0 = S.Zero, m1 = m0, m2 = m0, m3 = m0;
        if (centre != null)
        {
            m0 = S.Load(centre + channel);
            m1 = S.Load(centre + channel + S.Lanes);
            m2 = S.Load(centre + channel + 2 * S.Lanes);
            m3 = S.Load(centre + channel + 3 * S.Lanes);
        }

        V s0 = S.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int row = 0; row < blockRows; row++, first += channels)
        {
            s0 = S.Add(s0, TTerm.Apply<V, S>(S.Load(first), m0));
            s1 = S.Add(s1, TTerm.Apply<V, S>(S.Load(first + S.Lanes), m1));
            s2 = S.Add(s2, TTerm.Apply<V, S>(S.Load(first + 2 * S.Lanes), m2));
            s3 = S.Add(s3, TTerm.Apply<V, S>(S.Load(first + 3 * S.Lanes), m3));
        }

        AddLanes<V, S>(s0, sums, S.Lanes);
        AddLanes<V, S>(s1, sums + S.Lanes, S.Lanes);
        AddLanes<V, S>(s2, sums + 2 * S.Lanes, S.Lanes);
        AddLanes<V, S>(s3, sums + 3 * S.Lanes, S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOneVector<V, S>(float* first, int blockRows, int channel, double* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* end = x + (nint)rows * channels;
        int used = Math.Min(S.Lanes, channels - channel);
        V from = centre == null ? S.Zero : Tail.Load<V, S>(centre + channel, used);
        V sum = S.Zero;
        for (int row = 0; row < blockRows; row++, first += channels)
        {
            // Lanes past the last channel read the next row and count for nothing; only at the tensor's end there is none to read.
            V value = first + S.Lanes <= end ? S.Load(first) : Tail.Load<V, S>(first, used);
            sum = S.Add(sum, TTerm.Apply<V, S>(value, from));
        }

        AddLanes<V, S>(sum, sums, used);
    }

    private static void AddLanes<V, S>(V values, double* sums, int used)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* lanes = stackalloc float[Tail.MaxLanes];
        S.Store(values, lanes);
        for (int lane = 0; lane < used; lane++)
            sums[lane] += lanes[lane];
    }
}

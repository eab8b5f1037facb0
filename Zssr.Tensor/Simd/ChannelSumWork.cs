using System.Runtime.CompilerServices;

namespace Zssr.Tensors.Simd;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock<V, S>(float* block, int blockRows, double* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* lanes = stackalloc float[Tail.MaxLanes];
        float* end = x + (nint)rows * channels;
        for (int channel = 0; channel < channels; channel += S.Lanes)
        {
            int used = Math.Min(S.Lanes, channels - channel);
            V from = centre == null ? S.Zero : Tail.Load<V, S>(centre + channel, used);
            V sum = S.Zero;
            float* element = block + channel;
            for (int row = 0; row < blockRows; row++, element += channels)
            {
                // Lanes past the last channel read the next row and count for nothing; only at the tensor's end there is none to read.
                V value = element + S.Lanes <= end ? S.Load(element) : Tail.Load<V, S>(element, used);
                sum = S.Add(sum, TTerm.Apply<V, S>(value, from));
            }

            S.Store(sum, lanes);
            for (int lane = 0; lane < used; lane++)
                sums[channel + lane] += lanes[lane];
        }
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>partials[part] = the sum of the part's elements, in float32 within blocks of 1024 and in float64 across them.</summary>
internal readonly unsafe struct SumWork(float* x, int count, double* partials) : IHostWork
{
    private const int Block = 1024;

    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        double sum = 0;
        for (int start = band.Start; start < band.End; start += Block)
            sum += SumOfBlock<V, S>(x + start, Math.Min(Block, band.End - start));
        partials[part] = sum;
    }

    // Four sums side by side: one alone would wait for each addition to finish.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfBlock<V, S>(float* x, int length)
        where V : struct
        where S : struct, ISimd<V>
    {
        V s0 = S.Zero, s1 = S.Zero, s2 = S.Zero, s3 = S.Zero;
        int i = 0;
        for (; i <= length - 4 * S.Lanes; i += 4 * S.Lanes)
        {
            s0 = S.Add(s0, S.Load(x + i));
            s1 = S.Add(s1, S.Load(x + i + S.Lanes));
            s2 = S.Add(s2, S.Load(x + i + 2 * S.Lanes));
            s3 = S.Add(s3, S.Load(x + i + 3 * S.Lanes));
        }

        for (; i < length; i += S.Lanes)
            s0 = S.Add(s0, Tail.Load<V, S>(x + i, Math.Min(S.Lanes, length - i)));

        float* lanes = stackalloc float[Tail.MaxLanes];
        S.Store(S.Add(S.Add(s0, s1), S.Add(s2, s3)), lanes);
        double sum = 0;
        for (int lane = 0; lane < S.Lanes; lane++)
            sum += lanes[lane];
        return sum;
    }
}

/// <summary>partials[part] = the largest of the part's elements; −∞ for an empty part, NaN where one of them is NaN.</summary>
internal readonly unsafe struct MaxWork(float* x, int count, double* partials) : IHostWork
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        V max = S.Broadcast(float.NegativeInfinity), m1 = max, m2 = max, m3 = max;
        int i = band.Start;
        for (; i <= band.End - 4 * S.Lanes; i += 4 * S.Lanes)
        {
            max = Larger<V, S>(max, S.Load(x + i));
            m1 = Larger<V, S>(m1, S.Load(x + i + S.Lanes));
            m2 = Larger<V, S>(m2, S.Load(x + i + 2 * S.Lanes));
            m3 = Larger<V, S>(m3, S.Load(x + i + 3 * S.Lanes));
        }

        max = Larger<V, S>(Larger<V, S>(max, m1), Larger<V, S>(m2, m3));
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            max = Larger<V, S>(max, S.Load(x + i));
        if (i < band.End)
            max = Larger<V, S>(max, Tail.Load<V, S>(x + i, band.End - i, fill: float.NegativeInfinity));

        float* lanes = stackalloc float[Tail.MaxLanes];
        S.Store(max, lanes);
        float largest = lanes[0];
        for (int lane = 1; lane < S.Lanes; lane++)
            largest = MathF.Max(largest, lanes[lane]);
        partials[part] = largest;
    }

    // max < x is false where max is NaN: once NaN, it stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Larger<V, S>(V max, V x)
        where V : struct
        where S : struct, ISimd<V> => S.Select(S.IsNaN(x), x, S.Select(S.LessThan(max, x), x, max));
}

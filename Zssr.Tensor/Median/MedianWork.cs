using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// y[i] = the mean of the two of stack[0, i], …, stack[n − 1, i] whose ranks are lowerRank and upperRank; the last NaN where there is one.
/// A vector of columns goes through the comparisons of the portable kernel, so both give the same bits.
/// </summary>
/// <param name="stack">[n, count].</param>
/// <param name="y">[count].</param>
/// <param name="n">Elements of a column.</param>
/// <param name="count">Columns.</param>
/// <param name="lowerRank">The place, counted from 0, of one value in the sorted column.</param>
/// <param name="upperRank">That of the other; the same for a single value.</param>
/// <param name="host">Lends scratch memory.</param>
internal readonly unsafe struct MedianWork(float* stack, float* y, int n, int count, int lowerRank, int upperRank, Host host) : IHostWork
{
    public long Cost => (long)count * n * n / 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            S.Store(Median<V, S>(stack + i, count), y + i);

        int rest = band.End - i;
        if (rest <= 0)
            return;
        float* columns = host.Scratch(part).Reserve((long)n * S.Lanes);
        for (int k = 0; k < n; k++)
            S.Store(Tail.Load<V, S>(stack + (nint)k * count + i, rest), columns + k * S.Lanes);
        Tail.Store<V, S>(Median<V, S>(columns, S.Lanes), y + i, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private V Median<V, S>(float* columns, int stride)
        where V : struct
        where S : struct, ISimd<V>
    {
        V one = S.Broadcast(1), half = S.Broadcast(0.5f);
        V lower = S.Zero, upper = S.Zero, notANumber = S.Zero;
        for (int k = 0; k < n; k++)
        {
            // The rank is the number of smaller elements and of equal ones before this: k, less the greater ones before it, and the
            // smaller ones after it.
            V candidate = S.Load(columns + (nint)k * stride);
            V rank = S.Broadcast(k);
            for (int other = 0; other < k; other++)
                rank = S.Subtract(rank, S.And(S.LessThan(candidate, S.Load(columns + (nint)other * stride)), one));
            for (int other = k + 1; other < n; other++)
                rank = S.Add(rank, S.And(S.LessThan(S.Load(columns + (nint)other * stride), candidate), one));
            lower = S.Select(Equal<V, S>(rank, lowerRank, half), candidate, lower);
            upper = S.Select(Equal<V, S>(rank, upperRank, half), candidate, upper);
            notANumber = S.Select(S.IsNaN(candidate), candidate, notANumber);
        }

        // A single middle value is taken as it is: twice it may overflow.
        V middle = lowerRank == upperRank ? lower : S.Multiply(S.Add(lower, upper), half);
        return S.Select(S.IsNaN(notANumber), notANumber, middle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Equal<V, S>(V whole, int number, V half)
        where V : struct
        where S : struct, ISimd<V> => S.LessThan(S.Abs(S.Subtract(whole, S.Broadcast(number))), half);
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Nothing but multiply-adds, as many at a time as the processor can have under way: 12 chains, none of which waits for another, where a
/// latency of 4 cycles at two a cycle asks for 8. No memory is touched on the way.
/// </summary>
/// <param name="rounds">How often each of the 12 chains goes on, in each part.</param>
/// <param name="results">A vector's room for each part, 16 floats: what is never used would not be computed.</param>
internal readonly unsafe struct MultiplyAddsWork(int rounds, float* results) : IHostWork
{
    private const int Chains = 12;

    public long Cost => long.MaxValue;

    /// <summary>Floating-point operations of a part.</summary>
    public static double Flops(int rounds, int lanes) => 2.0 * Chains * rounds * lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        // x ← x·½ + ½ tends to 1: no overflow, and no numbers so small that they are computed slowly.
        V half = S.Broadcast(0.5f);
        V x0 = S.Zero, x1 = x0, x2 = x0, x3 = x0, x4 = x0, x5 = x0, x6 = x0, x7 = x0, x8 = x0, x9 = x0, x10 = x0, x11 = x0;
        for (int i = 0; i < rounds; i++)
        {
            x0 = S.MultiplyAdd(x0, half, half);
            x1 = S.MultiplyAdd(x1, half, half);
            x2 = S.MultiplyAdd(x2, half, half);
            x3 = S.MultiplyAdd(x3, half, half);
            x4 = S.MultiplyAdd(x4, half, half);
            x5 = S.MultiplyAdd(x5, half, half);
            x6 = S.MultiplyAdd(x6, half, half);
            x7 = S.MultiplyAdd(x7, half, half);
            x8 = S.MultiplyAdd(x8, half, half);
            x9 = S.MultiplyAdd(x9, half, half);
            x10 = S.MultiplyAdd(x10, half, half);
            x11 = S.MultiplyAdd(x11, half, half);
        }

        V sum = S.Add(S.Add(S.Add(x0, x1), S.Add(x2, x3)), S.Add(S.Add(x4, x5), S.Add(x6, x7)));
        S.Store(S.Add(sum, S.Add(S.Add(x8, x9), S.Add(x10, x11))), results + part * Tail.MaxLanes);
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>v[i] ← μ·v[i] + g[i]; direction[i] = g[i] + μ·v[i].</summary>
internal readonly unsafe struct NesterovWork(float* g, float* v, float* direction, int count, float momentum) : IHostWork
{
    public long Cost => 2L * count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        V share = S.Broadcast(momentum);
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
        {
            V gradient = S.Load(g + i);
            V velocity = S.MultiplyAdd(S.Load(v + i), share, gradient);
            S.Store(velocity, v + i);
            S.Store(S.MultiplyAdd(velocity, share, gradient), direction + i);
        }

        int rest = band.End - i;
        if (rest <= 0)
            return;
        V lastGradient = Tail.Load<V, S>(g + i, rest);
        V lastVelocity = S.MultiplyAdd(Tail.Load<V, S>(v + i, rest), share, lastGradient);
        Tail.Store<V, S>(lastVelocity, v + i, rest);
        Tail.Store<V, S>(S.MultiplyAdd(lastVelocity, share, lastGradient), direction + i, rest);
    }
}

/// <summary>w[i] ← w[i] − step · direction[i].</summary>
internal readonly unsafe struct DescendWork(float* w, float* direction, int count, float step) : IHostWork
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        V factor = S.Broadcast(-step);
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            S.Store(S.MultiplyAdd(S.Load(direction + i), factor, S.Load(w + i)), w + i);

        int rest = band.End - i;
        if (rest > 0)
            Tail.Store<V, S>(S.MultiplyAdd(Tail.Load<V, S>(direction + i, rest), factor, Tail.Load<V, S>(w + i, rest)), w + i, rest);
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>Losses and their gradients on the host. The same call on the same host gives the same bits again.</summary>
internal static unsafe class HostLosses
{
    /// <summary>Σ w · TLoss(x − target) / count.</summary>
    public static float Mean<TLoss>(Host host, float* x, float* target, LossWeights weights, int count)
        where TLoss : struct, ILoss
    {
        double* partials = HostReductions.Partials(host, 1);
        var work = new ErrorSumWork<TLoss>(x, target, weights, count, partials, host);
        host.Run(work);
        double sum = 0;
        for (int part = 0; part < host.Parts(work.Cost); part++)
            sum += partials[part];
        return (float)(sum / count);
    }

    /// <summary>dx[i] = share · w · TLoss'(x − target).</summary>
    public static void Gradient<TLoss>(Host host, float* x, float* target, LossWeights weights, float share, float* dx, int count)
        where TLoss : struct, ILoss => host.Run(new LossGradientWork<TLoss>(x, target, weights, share, dx, count, host));
}

/// <summary>The weights of a loss, of which each serves a run of consecutive elements; null for none.</summary>
internal readonly unsafe struct LossWeights(float* weights, int elementsPerWeight)
{
    /// <summary>Elements whose weights are asked for at once, at most.</summary>
    public const int Block = 1024;

    /// <summary>One weight for each of the elements from start on, in place or put into room; null for none.</summary>
    public float* Of(int start, int length, float* room)
    {
        if (weights == null || elementsPerWeight == 1)
            return weights == null ? null : weights + start;
        float* weight = weights + start / elementsPerWeight;
        int served = start % elementsPerWeight;
        for (int i = 0; i < length; i++)
        {
            room[i] = *weight;
            if (++served < elementsPerWeight)
                continue;
            served = 0;
            weight++;
        }

        return room;
    }
}

/// <summary>partials[part] = Σ w · TLoss(x − target) of the part, in float32 within blocks of 1024 and in float64 across them.</summary>
internal readonly unsafe struct ErrorSumWork<TLoss>(
    float* x, float* target, LossWeights weights, int count, double* partials, Host host) : IHostWork
    where TLoss : struct, ILoss
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        float* room = host.Scratch(part).Reserve(LossWeights.Block);
        double sum = 0;
        for (int start = band.Start; start < band.End; start += LossWeights.Block)
        {
            int length = Math.Min(LossWeights.Block, band.End - start);
            sum += SumOfBlock<V, S>(x + start, target + start, weights.Of(start, length, room), length);
        }

        partials[part] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfBlock<V, S>(float* x, float* target, float* weights, int length)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Two sums side by side: one alone would wait for each addition to finish.
        V s0 = S.Zero, s1 = S.Zero, one = S.Broadcast(1);
        int i = 0;
        for (; i <= length - 2 * S.Lanes; i += 2 * S.Lanes)
        {
            int next = i + S.Lanes;
            V e0 = TLoss.Value<V, S>(S.Subtract(S.Load(x + i), S.Load(target + i)));
            V e1 = TLoss.Value<V, S>(S.Subtract(S.Load(x + next), S.Load(target + next)));
            s0 = S.MultiplyAdd(e0, weights == null ? one : S.Load(weights + i), s0);
            s1 = S.MultiplyAdd(e1, weights == null ? one : S.Load(weights + next), s1);
        }

        for (; i < length; i += S.Lanes)
        {
            // Lanes after the end hold zeros in x and target: no error.
            int rest = Math.Min(S.Lanes, length - i);
            V error = TLoss.Value<V, S>(S.Subtract(Tail.Load<V, S>(x + i, rest), Tail.Load<V, S>(target + i, rest)));
            s0 = S.MultiplyAdd(error, weights == null ? one : Tail.Load<V, S>(weights + i, rest), s0);
        }

        float* lanes = stackalloc float[Tail.MaxLanes];
        S.Store(S.Add(s0, s1), lanes);
        double sum = 0;
        for (int lane = 0; lane < S.Lanes; lane++)
            sum += lanes[lane];
        return sum;
    }
}

/// <summary>dx[i] = share · w · TLoss'(x − target); dx may be x or target.</summary>
internal readonly unsafe struct LossGradientWork<TLoss>(
    float* x, float* target, LossWeights weights, float share, float* dx, int count, Host host) : IHostWork
    where TLoss : struct, ILoss
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        float* room = host.Scratch(part).Reserve(LossWeights.Block);
        V shares = S.Broadcast(share), one = S.Broadcast(1);
        for (int start = band.Start; start < band.End; start += LossWeights.Block)
        {
            int length = Math.Min(LossWeights.Block, band.End - start);
            float* weight = weights.Of(start, length, room), xs = x + start, targets = target + start, dxs = dx + start;
            int i = 0;
            for (; i <= length - S.Lanes; i += S.Lanes)
            {
                V slope = S.Multiply(shares, TLoss.Slope<V, S>(S.Subtract(S.Load(xs + i), S.Load(targets + i))));
                S.Store(S.Multiply(weight == null ? one : S.Load(weight + i), slope), dxs + i);
            }

            int rest = length - i;
            if (rest > 0)
            {
                V difference = S.Subtract(Tail.Load<V, S>(xs + i, rest), Tail.Load<V, S>(targets + i, rest));
                V slope = S.Multiply(shares, TLoss.Slope<V, S>(difference));
                Tail.Store<V, S>(S.Multiply(weight == null ? one : Tail.Load<V, S>(weight + i, rest), slope), dxs + i, rest);
            }
        }
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>y[i] = TOp(x[i]); y may be x.</summary>
internal readonly unsafe struct MapWork<TOp>(float* x, float* y, int count) : IHostWork
    where TOp : struct, IUnaryOp
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            S.Store(TOp.Apply<V, S>(S.Load(x + i)), y + i);

        int rest = band.End - i;
        if (rest > 0)
            Tail.Store<V, S>(TOp.Apply<V, S>(Tail.Load<V, S>(x + i, rest)), y + i, rest);
    }
}

/// <summary>y[i] = TOp(x[i], a, b) with two numbers a, b; y may be x.</summary>
internal readonly unsafe struct ScalarMapWork<TOp>(float* x, float a, float b, float* y, int count) : IHostWork
    where TOp : struct, IScalarOp
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        V va = S.Broadcast(a), vb = S.Broadcast(b);
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            S.Store(TOp.Apply<V, S>(S.Load(x + i), va, vb), y + i);

        int rest = band.End - i;
        if (rest > 0)
            Tail.Store<V, S>(TOp.Apply<V, S>(Tail.Load<V, S>(x + i, rest), va, vb), y + i, rest);
    }
}

/// <summary>z[i] = TOp(x[i], y[i]); z may be x or y.</summary>
internal readonly unsafe struct ZipWork<TOp>(float* x, float* y, float* z, int count) : IHostWork
    where TOp : struct, IBinaryOp
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
            S.Store(TOp.Apply<V, S>(S.Load(x + i), S.Load(y + i)), z + i);

        int rest = band.End - i;
        if (rest > 0)
            Tail.Store<V, S>(TOp.Apply<V, S>(Tail.Load<V, S>(x + i, rest), Tail.Load<V, S>(y + i, rest)), z + i, rest);
    }
}

/// <summary>y[i] = TOp(x[i], b[i mod channels]): one number per channel, as a bias; y may be x.</summary>
internal readonly unsafe struct ZipChannelsWork<TOp>(float* x, float* b, float* y, int count, int channels, Host host) : IHostWork
    where TOp : struct, IBinaryOp
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        if (band.Start == band.End)
            return;

        // b, and after it its beginning again: from every channel on, a whole vector of numbers can be loaded, however few channels
        // there are.
        float* repeated = host.Scratch(part).Reserve(channels + S.Lanes);
        for (int c = 0; c < channels + S.Lanes; c++)
            repeated[c] = b[c % channels];

        int i = band.Start;
        int channel = i % channels;
        int step = S.Lanes % channels;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
        {
            S.Store(TOp.Apply<V, S>(S.Load(x + i), S.Load(repeated + channel)), y + i);
            channel += step;
            if (channel >= channels)
                channel -= channels;
        }

        int rest = band.End - i;
        if (rest > 0)
            Tail.Store<V, S>(TOp.Apply<V, S>(Tail.Load<V, S>(x + i, rest), S.Load(repeated + channel)), y + i, rest);
    }
}

using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// One row of a register tile: 4, 2 or 1 vectors side by side. The tile kernels are written once against this interface; the JIT takes the
/// structs apart and keeps every vector in a register of its own.
/// </summary>
internal unsafe interface ITilePanel<TPanel, V>
    where TPanel : struct
    where V : struct
{
    /// <summary>Vectors side by side.</summary>
    static abstract int Vectors { get; }

    static abstract TPanel Zero<S>()
        where S : struct, ISimd<V>;

    static abstract TPanel Load<S>(float* source)
        where S : struct, ISimd<V>;

    static abstract void Store<S>(TPanel panel, float* target)
        where S : struct, ISimd<V>;

    /// <summary>x·y + z, the same x for every vector of the row.</summary>
    static abstract TPanel MultiplyAdd<S>(V x, TPanel y, TPanel z)
        where S : struct, ISimd<V>;
}

/// <summary>Four vectors side by side.</summary>
internal readonly unsafe struct Panel4<V>(V v0, V v1, V v2, V v3) : ITilePanel<Panel4<V>, V>
    where V : struct
{
    private readonly V _v0 = v0;
    private readonly V _v1 = v1;
    private readonly V _v2 = v2;
    private readonly V _v3 = v3;

    public static int Vectors => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V> Zero<S>()
        where S : struct, ISimd<V> => new(S.Zero, S.Zero, S.Zero, S.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V> Load<S>(float* source)
        where S : struct, ISimd<V> =>
        new(S.Load(source), S.Load(source + S.Lanes), S.Load(source + 2 * S.Lanes), S.Load(source + 3 * S.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<S>(Panel4<V> panel, float* target)
        where S : struct, ISimd<V>
    {
        S.Store(panel._v0, target);
        S.Store(panel._v1, target + S.Lanes);
        S.Store(panel._v2, target + 2 * S.Lanes);
        S.Store(panel._v3, target + 3 * S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V> MultiplyAdd<S>(V x, Panel4<V> y, Panel4<V> z)
        where S : struct, ISimd<V> => new(
            S.MultiplyAdd(x, y._v0, z._v0),
            S.MultiplyAdd(x, y._v1, z._v1),
            S.MultiplyAdd(x, y._v2, z._v2),
            S.MultiplyAdd(x, y._v3, z._v3));
}

/// <summary>Two vectors side by side.</summary>
internal readonly unsafe struct Panel2<V>(V v0, V v1) : ITilePanel<Panel2<V>, V>
    where V : struct
{
    private readonly V _v0 = v0;
    private readonly V _v1 = v1;

    public static int Vectors => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V> Zero<S>()
        where S : struct, ISimd<V> => new(S.Zero, S.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V> Load<S>(float* source)
        where S : struct, ISimd<V> => new(S.Load(source), S.Load(source + S.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<S>(Panel2<V> panel, float* target)
        where S : struct, ISimd<V>
    {
        S.Store(panel._v0, target);
        S.Store(panel._v1, target + S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V> MultiplyAdd<S>(V x, Panel2<V> y, Panel2<V> z)
        where S : struct, ISimd<V> => new(S.MultiplyAdd(x, y._v0, z._v0), S.MultiplyAdd(x, y._v1, z._v1));
}

/// <summary>A single vector.</summary>
internal readonly unsafe struct Panel1<V>(V v0) : ITilePanel<Panel1<V>, V>
    where V : struct
{
    private readonly V _v0 = v0;

    public static int Vectors => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V> Zero<S>()
        where S : struct, ISimd<V> => new(S.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V> Load<S>(float* source)
        where S : struct, ISimd<V> => new(S.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<S>(Panel1<V> panel, float* target)
        where S : struct, ISimd<V> => S.Store(panel._v0, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V> MultiplyAdd<S>(V x, Panel1<V> y, Panel1<V> z)
        where S : struct, ISimd<V> => new(S.MultiplyAdd(x, y._v0, z._v0));
}

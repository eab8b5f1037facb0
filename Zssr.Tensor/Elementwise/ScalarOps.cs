namespace Zssr.Tensors;

/// <summary>x + a.</summary>
internal readonly struct AddScalar : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x + a;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Add(x, a);
}

/// <summary>x · a.</summary>
internal readonly struct MultiplyScalar : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x * a;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Multiply(x, a);
}

/// <summary>x / a.</summary>
internal readonly struct DivideByScalar : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x / a;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Divide(x, a);
}

/// <summary>a / x.</summary>
internal readonly struct DivideScalarBy : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => a / x;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Divide(a, x);
}

/// <summary>a − x.</summary>
internal readonly struct SubtractFromScalar : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => a - x;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Subtract(a, x);
}

/// <summary>x where x > 0, a·x elsewhere. NaN stays NaN.</summary>
internal readonly struct LeakyRelu : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x > T.Zero ? x : a * x;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Select(S.LessThan(S.Zero, x), x, S.Multiply(a, x));
}

/// <summary>The slope of <see cref="LeakyRelu"/>: 1 where x > 0, a elsewhere.</summary>
internal readonly struct LeakyReluSlope : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x > T.Zero ? T.One : a;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Select(S.LessThan(S.Zero, x), S.Broadcast(1), a);
}

/// <summary>min(max(x, a), b). NaN stays NaN.</summary>
internal readonly struct Clamp : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x < a ? a : x > b ? b : x;

    static V IScalarOp.Apply<V, S>(V x, V a, V b) => S.Select(S.LessThan(x, a), a, S.Select(S.LessThan(b, x), b, x));
}

/// <summary>The slope of <see cref="Clamp"/>: 1 where a ≤ x ≤ b, 0 elsewhere (at NaN too).</summary>
internal readonly struct ClampSlope : IScalarOp
{
    static T IScalarOp.Apply<T>(T x, T a, T b) => x >= a && x <= b ? T.One : T.Zero;

    static V IScalarOp.Apply<V, S>(V x, V a, V b)
    {
        V inside = S.Select(S.LessThan(x, a), S.Zero, S.Select(S.LessThan(b, x), S.Zero, S.Broadcast(1)));
        return S.Select(S.IsNaN(x), S.Zero, inside);
    }
}

namespace Zssr.Tensors;

/// <summary>x + y.</summary>
internal readonly struct Add : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x + y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Add(x, y);
}

/// <summary>x − y.</summary>
internal readonly struct Subtract : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x - y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Subtract(x, y);
}

/// <summary>x · y.</summary>
internal readonly struct Multiply : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x * y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Multiply(x, y);
}

/// <summary>x / y.</summary>
internal readonly struct Divide : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x / y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Divide(x, y);
}

/// <summary>The smaller of both; NaN where either is NaN, as PyTorch's minimum.</summary>
internal readonly struct Minimum : IBinaryOp
{
    // Where neither is larger nor are they equal, one is NaN, and so is the sum. (ILGPU's IsNaN is always false on OpenCL.)
    static T IBinaryOp.Apply<T>(T x, T y) => x < y ? x : y < x ? y : x == y ? x : x + y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Select(S.IsNaN(x), x, S.Select(S.LessThan(x, y), x, y));
}

/// <summary>The larger of both; NaN where either is NaN, as PyTorch's maximum.</summary>
internal readonly struct Maximum : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x > y ? x : y > x ? y : x == y ? x : x + y;

    static V IBinaryOp.Apply<V, S>(V x, V y) => S.Select(S.IsNaN(x), x, S.Select(S.LessThan(y, x), x, y));
}

/// <summary>How much of a maximum's gradient goes to x: 1 where x > y, ½ where they are equal, 0 elsewhere.</summary>
internal readonly struct MaximumShare : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T y) => x > y ? T.One : x == y ? T.One / (T.One + T.One) : T.Zero;

    static V IBinaryOp.Apply<V, S>(V x, V y)
    {
        V equalOrUnordered = S.Select(S.LessThan(x, y), S.Zero, S.Broadcast(0.5f));
        V share = S.Select(S.LessThan(y, x), S.Broadcast(1), equalOrUnordered);
        // Of each by itself: the sum of +∞ and −∞ is NaN as well, and they can be compared.
        return S.Select(S.IsNaN(x), S.Zero, S.Select(S.IsNaN(y), S.Zero, share));
    }
}

/// <summary>
/// x where the gate is not ≤ 0, 0 elsewhere: the gradient of ReLU, for x the output's gradient and the gate ReLU's input or output.
/// </summary>
internal readonly struct PassWherePositive : IBinaryOp
{
    static T IBinaryOp.Apply<T>(T x, T gate) => gate < T.Zero ? T.Zero : gate == T.Zero ? T.Zero : x;

    static V IBinaryOp.Apply<V, S>(V x, V gate) =>
        S.Select(S.LessThan(S.Zero, gate), x, S.Select(S.IsNaN(gate), x, S.Zero));
}

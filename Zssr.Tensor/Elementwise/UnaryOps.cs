namespace Zssr.Tensors;

/// <summary>−x.</summary>
internal readonly struct Negate : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => -x;

    static V IUnaryOp.Apply<V, S>(V x) => S.Negate(x);
}

/// <summary>|x|.</summary>
internal readonly struct Abs : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.Abs(x);

    static V IUnaryOp.Apply<V, S>(V x) => S.Abs(x);
}

/// <summary>−1, 0 or 1; NaN stays NaN.</summary>
internal readonly struct Sign : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => x > T.Zero ? T.One : x < T.Zero ? -T.One : x;

    static V IUnaryOp.Apply<V, S>(V x) =>
        S.Select(S.LessThan(S.Zero, x), S.Broadcast(1), S.Select(S.LessThan(x, S.Zero), S.Broadcast(-1), x));
}

/// <summary>eˣ.</summary>
internal readonly struct Exp : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.Exp(x);

    static V IUnaryOp.Apply<V, S>(V x) => S.Exp(x);
}

/// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
internal readonly struct Log : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.Log(x);

    static V IUnaryOp.Apply<V, S>(V x) => S.Log(x);
}

/// <summary>√x; NaN below 0.</summary>
internal readonly struct Sqrt : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.Sqrt(x);

    static V IUnaryOp.Apply<V, S>(V x) => S.Sqrt(x);
}

/// <summary>x².</summary>
internal readonly struct Square : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => x * x;

    static V IUnaryOp.Apply<V, S>(V x) => S.Multiply(x, x);
}

/// <summary>max(x, 0). NaN stays NaN.</summary>
internal readonly struct Relu : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => x < T.Zero ? T.Zero : x;

    static V IUnaryOp.Apply<V, S>(V x) => S.Select(S.LessThan(x, S.Zero), S.Zero, x);
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.One / (T.One + T.Exp(-x));

    static V IUnaryOp.Apply<V, S>(V x) => S.Divide(S.Broadcast(1), S.Add(S.Broadcast(1), S.Exp(S.Negate(x))));
}

/// <summary>The hyperbolic tangent.</summary>
internal readonly struct Tanh : IUnaryOp
{
    static T IUnaryOp.Apply<T>(T x) => T.Tanh(x);

    /// <summary>
    /// (1 − e^(−2|x|)) / (1 + e^(−2|x|)) with the sign of x. Near 0 the subtraction would cancel, so there the first five terms
    /// of the Taylor series stand in: below |x| = ¼ the sixth is under 10⁻⁸ of the sum.
    /// </summary>
    static V IUnaryOp.Apply<V, S>(V x)
    {
        V magnitude = S.Abs(x);
        V e = S.Exp(S.Multiply(S.Broadcast(-2), magnitude));
        V large = S.Divide(S.Subtract(S.Broadcast(1), e), S.Add(S.Broadcast(1), e));
        large = S.Select(S.LessThan(x, S.Zero), S.Negate(large), large);

        V square = S.Multiply(x, x);
        V series = S.Broadcast(62f / 2835);
        series = S.MultiplyAdd(series, square, S.Broadcast(-17f / 315));
        series = S.MultiplyAdd(series, square, S.Broadcast(2f / 15));
        series = S.MultiplyAdd(series, square, S.Broadcast(-1f / 3));
        series = S.MultiplyAdd(S.Multiply(series, square), x, x);
        return S.Select(S.LessThan(magnitude, S.Broadcast(0.25f)), series, large);
    }
}

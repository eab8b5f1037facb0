using System.Numerics;

namespace Zssr.Tensors;

/// <summary>The error of one element as a function of its difference x − t, with its derivative beside it.</summary>
internal interface ILoss
{
    /// <summary>The error.</summary>
    static abstract T Value<T>(T difference)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The derivative of the error.</summary>
    static abstract T Slope<T>(T difference)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The errors of a whole vector of differences; 0 at 0.</summary>
    static abstract V Value<V, S>(V difference)
        where V : struct
        where S : struct, ISimd<V>;

    /// <summary>Their derivatives.</summary>
    static abstract V Slope<V, S>(V difference)
        where V : struct
        where S : struct, ISimd<V>;
}

/// <summary>|d|, with slope sign(d): 0 at 0 (the subgradient that PyTorch takes), NaN at NaN.</summary>
internal readonly struct AbsoluteError : ILoss
{
    static T ILoss.Value<T>(T difference) => T.Abs(difference);

    static T ILoss.Slope<T>(T difference) => difference > T.Zero ? T.One : difference < T.Zero ? -T.One : difference;

    static V ILoss.Value<V, S>(V difference) => S.Abs(difference);

    static V ILoss.Slope<V, S>(V difference)
    {
        V notAbove = S.Select(S.LessThan(difference, S.Zero), S.Broadcast(-1), difference);
        return S.Select(S.LessThan(S.Zero, difference), S.Broadcast(1), notAbove);
    }
}

/// <summary>d², with slope 2d.</summary>
internal readonly struct SquaredError : ILoss
{
    static T ILoss.Value<T>(T difference) => difference * difference;

    static T ILoss.Slope<T>(T difference) => difference + difference;

    static V ILoss.Value<V, S>(V difference) => S.Multiply(difference, difference);

    static V ILoss.Slope<V, S>(V difference) => S.Add(difference, difference);
}

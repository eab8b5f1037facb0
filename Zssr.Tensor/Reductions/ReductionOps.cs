using System.Numerics;

namespace Zssr.Tensors;

/// <summary>How a reduction combines two values: an associative function with an identity.</summary>
internal interface IReduction
{
    /// <summary>The value that changes nothing: Combine(Identity, x) = x.</summary>
    static abstract T Identity<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Both in one.</summary>
    static abstract T Combine<T>(T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>x + y.</summary>
internal readonly struct SumReduction : IReduction
{
    static T IReduction.Identity<T>() => T.Zero;

    static T IReduction.Combine<T>(T x, T y) => x + y;
}

/// <summary>The larger of both; NaN where either is NaN.</summary>
internal readonly struct MaxReduction : IReduction
{
    static T IReduction.Identity<T>() => T.NegativeInfinity;

    // Where neither is larger nor are they equal, one is NaN, and so is the sum. (ILGPU's IsNaN is always false on OpenCL.)
    static T IReduction.Combine<T>(T x, T y) => x > y ? x : y > x ? y : x == y ? x : x + y;
}

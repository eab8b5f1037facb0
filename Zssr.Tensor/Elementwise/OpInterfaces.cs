using System.Numerics;

namespace Zssr.Tensors;

/// <summary>A function of one element, written once for every device.</summary>
/// <remarks>The scalar form is compiled by ILGPU for CUDA, OpenCL and its CPU accelerator; the vector form runs on the host.</remarks>
internal interface IUnaryOp
{
    /// <summary>The value at one element.</summary>
    static abstract T Apply<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same for a whole vector of elements.</summary>
    static abstract V Apply<V, S>(V x)
        where V : struct
        where S : struct, ISimd<V>;
}

/// <summary>A function of one element and up to two numbers that stay the same for all elements.</summary>
internal interface IScalarOp
{
    /// <summary>The value at one element, given the numbers a and b.</summary>
    static abstract T Apply<T>(T x, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same for a whole vector of elements; a and b are broadcast.</summary>
    static abstract V Apply<V, S>(V x, V a, V b)
        where V : struct
        where S : struct, ISimd<V>;
}

/// <summary>A function of two elements.</summary>
internal interface IBinaryOp
{
    /// <summary>The value at one pair of elements.</summary>
    static abstract T Apply<T>(T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same for two whole vectors.</summary>
    static abstract V Apply<V, S>(V x, V y)
        where V : struct
        where S : struct, ISimd<V>;
}

namespace Zssr.Tensors;

/// <summary>
/// A vector of float32 lanes. Host kernels are written once against this interface and instantiated for
/// 512-, 256- and 128-bit vectors; the JIT compiles every call to one instruction.
/// </summary>
/// <typeparam name="V">The vector type, such as Vector512&lt;float&gt;.</typeparam>
internal unsafe interface ISimd<V>
    where V : struct
{
    /// <summary>Lanes in a vector: 16, 8 or 4.</summary>
    static abstract int Lanes { get; }

    /// <summary>Vector registers that the instruction set offers: decides the shape of register tiles.</summary>
    static abstract int Registers { get; }

    static abstract V Zero { get; }

    static abstract V Load(float* source);

    static abstract void Store(V value, float* target);

    /// <summary>All lanes = value.</summary>
    static abstract V Broadcast(float value);

    static abstract V Add(V x, V y);

    static abstract V Subtract(V x, V y);

    static abstract V Multiply(V x, V y);

    static abstract V Divide(V x, V y);

    /// <summary>x·y + z, in one rounding where the hardware has FMA.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);

    static abstract V Negate(V x);

    static abstract V Abs(V x);

    static abstract V Sqrt(V x);

    static abstract V Exp(V x);

    static abstract V Log(V x);

    /// <summary>All bits set in the lanes where x &lt; y (false for NaN).</summary>
    static abstract V LessThan(V x, V y);

    /// <summary>All bits set in the lanes where x is NaN.</summary>
    static abstract V IsNaN(V x);

    /// <summary>Lane by lane: mask ? whenSet : otherwise.</summary>
    static abstract V Select(V mask, V whenSet, V otherwise);

    /// <summary>mask ? value : 0.</summary>
    static abstract V And(V mask, V value);

    /// <summary>A bit for each lane, the first lane's lowest: set where x &gt; 0 or x is NaN.</summary>
    static abstract uint PositiveBits(V x);

    /// <summary>x in the lanes whose bit is set, the first lane's being the lowest, and 0 in the others.</summary>
    static abstract V Keep(V x, uint bits);
}

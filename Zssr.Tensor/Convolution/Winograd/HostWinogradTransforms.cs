using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Winograd's minimal filtering F(4×4, 3×3): a tile of 4×4 outputs of a 3×3 convolution costs 36 products instead of 144
/// (Lavin and Gray 2016). The idea in one dimension: 4 outputs of a filter of 3 taps are coefficients of a product of polynomials of degree
/// 5; such a product is known from its values at 6 points, here 0, 1, −1, 2, −2 and ∞, and at a point it is one product of numbers:
/// <code>
/// y = Aᵀ·((G·g) ∘ (Bᵀ·d))       d: 6 inputs, g: 3 taps, y: 4 outputs, ∘: element by element
///
///      | 4  0 −5  0  1  0 |        |  1/4    0     0  |
///      | 0 −4 −4  1  1  0 |        | −1/6  −1/6  −1/6 |        | 1  1  1  1  1  0 |
/// Bᵀ = | 0  4 −4 −1  1  0 |    G = | −1/6   1/6  −1/6 |   Aᵀ = | 0  1 −1  2 −2  0 |
///      | 0 −2 −1  2  1  0 |        |  1/24  1/12  1/6 |        | 0  1  1  4  4  0 |
///      | 0  2 −1 −2  1  0 |        |  1/24 −1/12  1/6 |        | 0  1 −1  8 −8  1 |
///      | 0  4  0 −5  0  1 |        |   0     0     1  |
/// </code>
/// In two dimensions the transforms go along columns, then along rows: Y = Aᵀ·((G·g·Gᵀ) ∘ (Bᵀ·d·B))·A. Sums over channels are
/// taken before Aᵀ, so the 36 products become 36 matrix products. The gradient for g follows by transposing the same formula:
/// dg = Gᵀ·((A·dy·Aᵀ) ∘ (Bᵀ·d·B))·G.
/// </summary>
/// <remarks>Each method transforms as many columns (or rows) side by side as a vector has lanes, which are channels.</remarks>
internal static unsafe class HostWinogradTransforms
{
    /// <summary>Rows and columns of the outputs that a tile computes.</summary>
    public const int Outputs = 4;

    /// <summary>Rows and columns of the inputs that a tile reads, and of its products.</summary>
    public const int Inputs = 6;

    /// <summary>Rows and columns of the kernel.</summary>
    public const int Taps = 3;

    /// <summary>Products of a tile, and therefore matrix products of a convolution.</summary>
    public const int Products = Inputs * Inputs;

    /// <summary>Bᵀ: 6 → 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V, S>(float* from, nint step, float* to, nint toStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        V d0 = S.Load(from), d1 = S.Load(from + step), d2 = S.Load(from + 2 * step);
        V d3 = S.Load(from + 3 * step), d4 = S.Load(from + 4 * step), d5 = S.Load(from + 5 * step);
        V minusFour = S.Broadcast(-4), minusFive = S.Broadcast(-5), four = S.Broadcast(4), two = S.Broadcast(2);
        V even1 = S.MultiplyAdd(minusFour, d2, d4), odd1 = S.MultiplyAdd(minusFour, d1, d3);
        V even2 = S.Subtract(d4, d2), odd2 = S.Multiply(two, S.Subtract(d3, d1));
        S.Store(S.MultiplyAdd(four, d0, S.MultiplyAdd(minusFive, d2, d4)), to);
        S.Store(S.Add(even1, odd1), to + toStep);
        S.Store(S.Subtract(even1, odd1), to + 2 * toStep);
        S.Store(S.Add(even2, odd2), to + 3 * toStep);
        S.Store(S.Subtract(even2, odd2), to + 4 * toStep);
        S.Store(S.MultiplyAdd(four, d1, S.MultiplyAdd(minusFive, d3, d5)), to + 5 * toStep);
    }

    /// <summary>Aᵀ: 6 → 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V, S>(float* from, nint step, float* to, nint toStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        V m1 = S.Load(from + step), m2 = S.Load(from + 2 * step), m3 = S.Load(from + 3 * step), m4 = S.Load(from + 4 * step);
        V even1 = S.Add(m1, m2), odd1 = S.Subtract(m1, m2), even2 = S.Add(m3, m4), odd2 = S.Subtract(m3, m4);
        S.Store(S.Add(S.Add(S.Load(from), even1), even2), to);
        S.Store(S.MultiplyAdd(S.Broadcast(2), odd2, odd1), to + toStep);
        S.Store(S.MultiplyAdd(S.Broadcast(4), even2, even1), to + 2 * toStep);
        S.Store(S.Add(S.MultiplyAdd(S.Broadcast(8), odd2, odd1), S.Load(from + 5 * step)), to + 3 * toStep);
    }

    /// <summary>A: 4 → 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<V, S>(float* from, nint step, float* to, nint toStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        V y0 = S.Load(from), y1 = S.Load(from + step), y2 = S.Load(from + 2 * step), y3 = S.Load(from + 3 * step);
        V four = S.Broadcast(4);
        V even1 = S.Add(y0, y2), odd1 = S.Add(y1, y3);
        V even2 = S.MultiplyAdd(four, y2, y0), odd2 = S.Multiply(S.Broadcast(2), S.MultiplyAdd(four, y3, y1));
        S.Store(y0, to);
        S.Store(S.Add(even1, odd1), to + toStep);
        S.Store(S.Subtract(even1, odd1), to + 2 * toStep);
        S.Store(S.Add(even2, odd2), to + 3 * toStep);
        S.Store(S.Subtract(even2, odd2), to + 4 * toStep);
        S.Store(y3, to + 5 * toStep);
    }

    /// <summary>G: 3 → 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weight<V, S>(float* from, nint step, float* to, nint toStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        V g0 = S.Load(from), g1 = S.Load(from + step), g2 = S.Load(from + 2 * step);
        V minusSixth = S.Broadcast(-1f / 6);
        V even1 = S.Multiply(minusSixth, S.Add(g0, g2)), odd1 = S.Multiply(minusSixth, g1);
        V even2 = S.MultiplyAdd(S.Broadcast(1f / 24), g0, S.Multiply(S.Broadcast(1f / 6), g2)), odd2 = S.Multiply(S.Broadcast(1f / 12), g1);
        S.Store(S.Multiply(S.Broadcast(0.25f), g0), to);
        S.Store(S.Add(even1, odd1), to + toStep);
        S.Store(S.Subtract(even1, odd1), to + 2 * toStep);
        S.Store(S.Add(even2, odd2), to + 3 * toStep);
        S.Store(S.Subtract(even2, odd2), to + 4 * toStep);
        S.Store(g2, to + 5 * toStep);
    }

    /// <summary>Gᵀ: 6 → 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradient<V, S>(float* from, nint step, float* to, nint toStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        V u1 = S.Load(from + step), u2 = S.Load(from + 2 * step), u3 = S.Load(from + 3 * step), u4 = S.Load(from + 4 * step);
        V minusSixth = S.Broadcast(-1f / 6);
        V even1 = S.Multiply(minusSixth, S.Add(u1, u2)), odd1 = S.Multiply(minusSixth, S.Subtract(u1, u2));
        V even2 = S.Add(u3, u4), odd2 = S.Subtract(u3, u4);
        V first = S.MultiplyAdd(S.Broadcast(1f / 24), even2, even1);
        S.Store(S.MultiplyAdd(S.Broadcast(0.25f), S.Load(from), first), to);
        S.Store(S.MultiplyAdd(S.Broadcast(1f / 12), odd2, odd1), to + toStep);
        S.Store(S.Add(S.MultiplyAdd(S.Broadcast(1f / 6), even2, even1), S.Load(from + 5 * step)), to + 2 * toStep);
    }
}

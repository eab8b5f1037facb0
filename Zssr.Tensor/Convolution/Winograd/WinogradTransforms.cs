using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// Winograd's minimal filtering F(4×4, 3×3) for kernels: a tile of 4×4 outputs of a 3×3 convolution costs 36 products instead of 144
/// (Lavin and Gray 2016). With 6×6 inputs d, 3×3 taps g and 4×4 outputs y,
/// <code>
/// y = Aᵀ·((G·g·Gᵀ) ∘ (Bᵀ·d·B))·A          ∘: element by element
/// dg = Gᵀ·((A·dy·Aᵀ) ∘ (Bᵀ·d·B))·G
///
///      | 4  0 −5  0  1  0 |        |  1/4    0     0  |
///      | 0 −4 −4  1  1  0 |        | −1/6  −1/6  −1/6 |        | 1  1  1  1  1  0 |
/// Bᵀ = | 0  4 −4 −1  1  0 |    G = | −1/6   1/6  −1/6 |   Aᵀ = | 0  1 −1  2 −2  0 |
///      | 0 −2 −1  2  1  0 |        |  1/24  1/12  1/6 |        | 0  1  1  4  4  0 |
///      | 0  2 −1 −2  1  0 |        |  1/24 −1/12  1/6 |        | 0  1 −1  8 −8  1 |
///      | 0  4  0 −5  0  1 |        |   0     0     1  |
/// </code>
/// Each method multiplies one line of a tile, a column or a row, by one of these matrices. An element of the line is a block of 16
/// channels; <c>step</c> is the distance from one element to the next. A line may be transformed in its place.
/// </summary>
/// <remarks>The same transforms for vectors of the processor, and their idea, are at <see cref="HostWinogradTransforms"/>.</remarks>
internal static class WinogradTransforms
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
    public static void Input<T>(ArrayView<T> from, int at, int step, ArrayView<T> to, int toAt, int toStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T four = two + two;
        T five = four + T.One;
        var d0 = Block16<T>.Load(from, at);
        var d1 = Block16<T>.Load(from, at + step);
        var d2 = Block16<T>.Load(from, at + 2 * step);
        var d3 = Block16<T>.Load(from, at + 3 * step);
        var d4 = Block16<T>.Load(from, at + 4 * step);
        var d5 = Block16<T>.Load(from, at + 5 * step);
        Block16<T> even1 = Block16<T>.MultiplyAdd(-four, d2, d4);
        Block16<T> odd1 = Block16<T>.MultiplyAdd(-four, d1, d3);
        Block16<T> even2 = d4 - d2;
        Block16<T> odd2 = two * (d3 - d1);
        Block16<T>.MultiplyAdd(four, d0, Block16<T>.MultiplyAdd(-five, d2, d4)).Store(to, toAt);
        (even1 + odd1).Store(to, toAt + toStep);
        (even1 - odd1).Store(to, toAt + 2 * toStep);
        (even2 + odd2).Store(to, toAt + 3 * toStep);
        (even2 - odd2).Store(to, toAt + 4 * toStep);
        Block16<T>.MultiplyAdd(four, d1, Block16<T>.MultiplyAdd(-five, d3, d5)).Store(to, toAt + 5 * toStep);
    }

    /// <summary>Aᵀ: 6 → 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<T>(ArrayView<T> from, int at, int step, ArrayView<T> to, int toAt, int toStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T four = two + two;
        var m0 = Block16<T>.Load(from, at);
        var m1 = Block16<T>.Load(from, at + step);
        var m2 = Block16<T>.Load(from, at + 2 * step);
        var m3 = Block16<T>.Load(from, at + 3 * step);
        var m4 = Block16<T>.Load(from, at + 4 * step);
        var m5 = Block16<T>.Load(from, at + 5 * step);
        Block16<T> even1 = m1 + m2;
        Block16<T> odd1 = m1 - m2;
        Block16<T> even2 = m3 + m4;
        Block16<T> odd2 = m3 - m4;
        (m0 + even1 + even2).Store(to, toAt);
        Block16<T>.MultiplyAdd(two, odd2, odd1).Store(to, toAt + toStep);
        Block16<T>.MultiplyAdd(four, even2, even1).Store(to, toAt + 2 * toStep);
        (Block16<T>.MultiplyAdd(four + four, odd2, odd1) + m5).Store(to, toAt + 3 * toStep);
    }

    /// <summary>A: 4 → 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<T>(ArrayView<T> from, int at, int step, ArrayView<T> to, int toAt, int toStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T four = two + two;
        var y0 = Block16<T>.Load(from, at);
        var y1 = Block16<T>.Load(from, at + step);
        var y2 = Block16<T>.Load(from, at + 2 * step);
        var y3 = Block16<T>.Load(from, at + 3 * step);
        Block16<T> even1 = y0 + y2;
        Block16<T> odd1 = y1 + y3;
        Block16<T> even2 = Block16<T>.MultiplyAdd(four, y2, y0);
        Block16<T> odd2 = two * Block16<T>.MultiplyAdd(four, y3, y1);
        y0.Store(to, toAt);
        (even1 + odd1).Store(to, toAt + toStep);
        (even1 - odd1).Store(to, toAt + 2 * toStep);
        (even2 + odd2).Store(to, toAt + 3 * toStep);
        (even2 - odd2).Store(to, toAt + 4 * toStep);
        y3.Store(to, toAt + 5 * toStep);
    }

    /// <summary>G: 3 → 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weight<T>(ArrayView<T> from, int at, int step, ArrayView<T> to, int toAt, int toStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T quarter = T.One / (T.One + T.One + T.One + T.One);
        T sixth = T.One / (T.One + T.One + T.One + T.One + T.One + T.One);
        var g0 = Block16<T>.Load(from, at);
        var g1 = Block16<T>.Load(from, at + step);
        var g2 = Block16<T>.Load(from, at + 2 * step);
        Block16<T> even1 = -sixth * (g0 + g2);
        Block16<T> odd1 = -sixth * g1;
        Block16<T> even2 = sixth * Block16<T>.MultiplyAdd(quarter, g0, g2);
        Block16<T> odd2 = sixth * quarter * (g1 + g1);
        (quarter * g0).Store(to, toAt);
        (even1 + odd1).Store(to, toAt + toStep);
        (even1 - odd1).Store(to, toAt + 2 * toStep);
        (even2 + odd2).Store(to, toAt + 3 * toStep);
        (even2 - odd2).Store(to, toAt + 4 * toStep);
        g2.Store(to, toAt + 5 * toStep);
    }

    /// <summary>Gᵀ: 6 → 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradient<T>(ArrayView<T> from, int at, int step, ArrayView<T> to, int toAt, int toStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.One / (T.One + T.One);
        T quarter = half * half;
        T sixth = T.One / (T.One + T.One + T.One + T.One + T.One + T.One);
        var u0 = Block16<T>.Load(from, at);
        var u1 = Block16<T>.Load(from, at + step);
        var u2 = Block16<T>.Load(from, at + 2 * step);
        var u3 = Block16<T>.Load(from, at + 3 * step);
        var u4 = Block16<T>.Load(from, at + 4 * step);
        var u5 = Block16<T>.Load(from, at + 5 * step);
        Block16<T> even1 = u1 + u2;
        Block16<T> odd1 = u2 - u1;
        Block16<T> even2 = u3 + u4;
        Block16<T> odd2 = u3 - u4;
        Block16<T>.MultiplyAdd(quarter, u0, sixth * (quarter * even2 - even1)).Store(to, toAt);
        (sixth * Block16<T>.MultiplyAdd(half, odd2, odd1)).Store(to, toAt + toStep);
        (sixth * (even2 - even1) + u5).Store(to, toAt + 2 * toStep);
    }
}

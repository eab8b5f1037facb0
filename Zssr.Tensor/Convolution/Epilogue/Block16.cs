using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// 16 numbers in registers. Written out by name because ILGPU neither unrolls loops nor keeps an array in registers; compilers
/// for processors turn the fields into vectors, those for GPUs into one register each. In memory they are addressed from a view of
/// their own: sums of 32-bit indexes may overflow for all a compiler knows, and it would not see that they are neighbours.
/// </summary>
internal struct Block16<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers in a block.</summary>
    public const int Length = 16;

    public T V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15;

    /// <summary>16 neighbours in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> Load(ArrayView<T> from, int at)
    {
        ArrayView<T> source = from.SubView(at, Length);
        Block16<T> block;
        block.V0 = source[0];
        block.V1 = source[1];
        block.V2 = source[2];
        block.V3 = source[3];
        block.V4 = source[4];
        block.V5 = source[5];
        block.V6 = source[6];
        block.V7 = source[7];
        block.V8 = source[8];
        block.V9 = source[9];
        block.V10 = source[10];
        block.V11 = source[11];
        block.V12 = source[12];
        block.V13 = source[13];
        block.V14 = source[14];
        block.V15 = source[15];
        return block;
    }

    /// <summary>x + y, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> operator +(Block16<T> x, Block16<T> y)
    {
        Block16<T> sum;
        sum.V0 = x.V0 + y.V0;
        sum.V1 = x.V1 + y.V1;
        sum.V2 = x.V2 + y.V2;
        sum.V3 = x.V3 + y.V3;
        sum.V4 = x.V4 + y.V4;
        sum.V5 = x.V5 + y.V5;
        sum.V6 = x.V6 + y.V6;
        sum.V7 = x.V7 + y.V7;
        sum.V8 = x.V8 + y.V8;
        sum.V9 = x.V9 + y.V9;
        sum.V10 = x.V10 + y.V10;
        sum.V11 = x.V11 + y.V11;
        sum.V12 = x.V12 + y.V12;
        sum.V13 = x.V13 + y.V13;
        sum.V14 = x.V14 + y.V14;
        sum.V15 = x.V15 + y.V15;
        return sum;
    }

    /// <summary>x − y, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> operator -(Block16<T> x, Block16<T> y)
    {
        Block16<T> difference;
        difference.V0 = x.V0 - y.V0;
        difference.V1 = x.V1 - y.V1;
        difference.V2 = x.V2 - y.V2;
        difference.V3 = x.V3 - y.V3;
        difference.V4 = x.V4 - y.V4;
        difference.V5 = x.V5 - y.V5;
        difference.V6 = x.V6 - y.V6;
        difference.V7 = x.V7 - y.V7;
        difference.V8 = x.V8 - y.V8;
        difference.V9 = x.V9 - y.V9;
        difference.V10 = x.V10 - y.V10;
        difference.V11 = x.V11 - y.V11;
        difference.V12 = x.V12 - y.V12;
        difference.V13 = x.V13 - y.V13;
        difference.V14 = x.V14 - y.V14;
        difference.V15 = x.V15 - y.V15;
        return difference;
    }

    /// <summary>factor · x, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> operator *(T factor, Block16<T> x)
    {
        Block16<T> product;
        product.V0 = factor * x.V0;
        product.V1 = factor * x.V1;
        product.V2 = factor * x.V2;
        product.V3 = factor * x.V3;
        product.V4 = factor * x.V4;
        product.V5 = factor * x.V5;
        product.V6 = factor * x.V6;
        product.V7 = factor * x.V7;
        product.V8 = factor * x.V8;
        product.V9 = factor * x.V9;
        product.V10 = factor * x.V10;
        product.V11 = factor * x.V11;
        product.V12 = factor * x.V12;
        product.V13 = factor * x.V13;
        product.V14 = factor * x.V14;
        product.V15 = factor * x.V15;
        return product;
    }

    /// <summary>factor · x + y, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> MultiplyAdd(T factor, Block16<T> x, Block16<T> y)
    {
        y.MultiplyAdd(factor, x);
        return y;
    }

    /// <summary>Adds x · w to each of the 16 numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(T x, Block16<T> w)
    {
        V0 = Fused.MultiplyAdd(x, w.V0, V0);
        V1 = Fused.MultiplyAdd(x, w.V1, V1);
        V2 = Fused.MultiplyAdd(x, w.V2, V2);
        V3 = Fused.MultiplyAdd(x, w.V3, V3);
        V4 = Fused.MultiplyAdd(x, w.V4, V4);
        V5 = Fused.MultiplyAdd(x, w.V5, V5);
        V6 = Fused.MultiplyAdd(x, w.V6, V6);
        V7 = Fused.MultiplyAdd(x, w.V7, V7);
        V8 = Fused.MultiplyAdd(x, w.V8, V8);
        V9 = Fused.MultiplyAdd(x, w.V9, V9);
        V10 = Fused.MultiplyAdd(x, w.V10, V10);
        V11 = Fused.MultiplyAdd(x, w.V11, V11);
        V12 = Fused.MultiplyAdd(x, w.V12, V12);
        V13 = Fused.MultiplyAdd(x, w.V13, V13);
        V14 = Fused.MultiplyAdd(x, w.V14, V14);
        V15 = Fused.MultiplyAdd(x, w.V15, V15);
    }

    /// <summary>Writes the numbers to 16 neighbours in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ArrayView<T> to, int at)
    {
        ArrayView<T> target = to.SubView(at, Length);
        target[0] = V0;
        target[1] = V1;
        target[2] = V2;
        target[3] = V3;
        target[4] = V4;
        target[5] = V5;
        target[6] = V6;
        target[7] = V7;
        target[8] = V8;
        target[9] = V9;
        target[10] = V10;
        target[11] = V11;
        target[12] = V12;
        target[13] = V13;
        target[14] = V14;
        target[15] = V15;
    }
}

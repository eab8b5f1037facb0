using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>8 numbers in registers, written out by name: ILGPU keeps an array in registers only where its indexes are constants.</summary>
internal struct Block8<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T V0, V1, V2, V3, V4, V5, V6, V7;

    /// <summary>8 numbers of shared memory, <paramref name="step"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block8<T> Load(ArrayView<T> from, int at, int step)
    {
        Block8<T> block;
        block.V0 = from[at];
        block.V1 = from[at + step];
        block.V2 = from[at + 2 * step];
        block.V3 = from[at + 3 * step];
        block.V4 = from[at + 4 * step];
        block.V5 = from[at + 5 * step];
        block.V6 = from[at + 6 * step];
        block.V7 = from[at + 7 * step];
        return block;
    }

    /// <summary>Writes the numbers to shared memory, <paramref name="step"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ArrayView<T> to, int at, int step)
    {
        to[at] = V0;
        to[at + step] = V1;
        to[at + 2 * step] = V2;
        to[at + 3 * step] = V3;
        to[at + 4 * step] = V4;
        to[at + 5 * step] = V5;
        to[at + 6 * step] = V6;
        to[at + 7 * step] = V7;
    }

    /// <summary>Adds x · w to each of the 8 numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(T x, Block8<T> w)
    {
        V0 = Fused.MultiplyAdd(x, w.V0, V0);
        V1 = Fused.MultiplyAdd(x, w.V1, V1);
        V2 = Fused.MultiplyAdd(x, w.V2, V2);
        V3 = Fused.MultiplyAdd(x, w.V3, V3);
        V4 = Fused.MultiplyAdd(x, w.V4, V4);
        V5 = Fused.MultiplyAdd(x, w.V5, V5);
        V6 = Fused.MultiplyAdd(x, w.V6, V6);
        V7 = Fused.MultiplyAdd(x, w.V7, V7);
    }
}

/// <summary>8 rows of 8 sums in registers: the part of a product of two matrices that one work-item computes.</summary>
internal struct Tile8x8<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Block8<T> R0, R1, R2, R3, R4, R5, R6, R7;

    /// <summary>Adds column · rowᵀ: 64 products of 16 numbers, which is why tiles are fast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(Block8<T> column, Block8<T> row)
    {
        R0.MultiplyAdd(column.V0, row);
        R1.MultiplyAdd(column.V1, row);
        R2.MultiplyAdd(column.V2, row);
        R3.MultiplyAdd(column.V3, row);
        R4.MultiplyAdd(column.V4, row);
        R5.MultiplyAdd(column.V5, row);
        R6.MultiplyAdd(column.V6, row);
        R7.MultiplyAdd(column.V7, row);
    }
}

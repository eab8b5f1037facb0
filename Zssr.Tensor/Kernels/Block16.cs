using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors.Kernels;

/// <summary>
/// 16 numbers in registers. Written out by name because ILGPU neither unrolls loops nor keeps an array in registers; compilers
/// for processors turn the fields into vectors, those for GPUs into one register each.
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
        Block16<T> block;
        block.V0 = from[at];
        block.V1 = from[at + 1];
        block.V2 = from[at + 2];
        block.V3 = from[at + 3];
        block.V4 = from[at + 4];
        block.V5 = from[at + 5];
        block.V6 = from[at + 6];
        block.V7 = from[at + 7];
        block.V8 = from[at + 8];
        block.V9 = from[at + 9];
        block.V10 = from[at + 10];
        block.V11 = from[at + 11];
        block.V12 = from[at + 12];
        block.V13 = from[at + 13];
        block.V14 = from[at + 14];
        block.V15 = from[at + 15];
        return block;
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
        to[at] = V0;
        to[at + 1] = V1;
        to[at + 2] = V2;
        to[at + 3] = V3;
        to[at + 4] = V4;
        to[at + 5] = V5;
        to[at + 6] = V6;
        to[at + 7] = V7;
        to[at + 8] = V8;
        to[at + 9] = V9;
        to[at + 10] = V10;
        to[at + 11] = V11;
        to[at + 12] = V12;
        to[at + 13] = V13;
        to[at + 14] = V14;
        to[at + 15] = V15;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// What the gradient of ReLU has to remember of its input: one bit for each element, set where it was positive or NaN. The bits of 16
/// channels of a pixel are one number, the first channel's the lowest.
/// </summary>
internal static class BlockBits
{
    /// <summary>The bits of 16 inputs of a ReLU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort OfPositive<T>(Block16<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int bits = OfPositive(x.V0, 0);
        bits |= OfPositive(x.V1, 1);
        bits |= OfPositive(x.V2, 2);
        bits |= OfPositive(x.V3, 3);
        bits |= OfPositive(x.V4, 4);
        bits |= OfPositive(x.V5, 5);
        bits |= OfPositive(x.V6, 6);
        bits |= OfPositive(x.V7, 7);
        bits |= OfPositive(x.V8, 8);
        bits |= OfPositive(x.V9, 9);
        bits |= OfPositive(x.V10, 10);
        bits |= OfPositive(x.V11, 11);
        bits |= OfPositive(x.V12, 12);
        bits |= OfPositive(x.V13, 13);
        bits |= OfPositive(x.V14, 14);
        bits |= OfPositive(x.V15, 15);
        return (ushort)bits;
    }

    /// <summary>1 at a place where x is positive or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfPositive<T>(T x, int place)
        where T : unmanaged, IFloatingPointIeee754<T> => x <= T.Zero ? 0 : 1 << place;

    /// <summary>x where its bit is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Keep<T>(T x, int bits, int place)
        where T : unmanaged, IFloatingPointIeee754<T> => (bits & (1 << place)) != 0 ? x : T.Zero;

    /// <summary>x where its bit is set, else 0, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> Keep<T>(Block16<T> x, int bits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.V0 = Keep(x.V0, bits, 0);
        x.V1 = Keep(x.V1, bits, 1);
        x.V2 = Keep(x.V2, bits, 2);
        x.V3 = Keep(x.V3, bits, 3);
        x.V4 = Keep(x.V4, bits, 4);
        x.V5 = Keep(x.V5, bits, 5);
        x.V6 = Keep(x.V6, bits, 6);
        x.V7 = Keep(x.V7, bits, 7);
        x.V8 = Keep(x.V8, bits, 8);
        x.V9 = Keep(x.V9, bits, 9);
        x.V10 = Keep(x.V10, bits, 10);
        x.V11 = Keep(x.V11, bits, 11);
        x.V12 = Keep(x.V12, bits, 12);
        x.V13 = Keep(x.V13, bits, 13);
        x.V14 = Keep(x.V14, bits, 14);
        x.V15 = Keep(x.V15, bits, 15);
        return x;
    }

    /// <summary>max(x, floor); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtLeast<T>(T x, T floor)
        where T : unmanaged, IFloatingPointIeee754<T> => x < floor ? floor : x;

    /// <summary>max(x, floor), number by number; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block16<T> AtLeast<T>(Block16<T> x, T floor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.V0 = AtLeast(x.V0, floor);
        x.V1 = AtLeast(x.V1, floor);
        x.V2 = AtLeast(x.V2, floor);
        x.V3 = AtLeast(x.V3, floor);
        x.V4 = AtLeast(x.V4, floor);
        x.V5 = AtLeast(x.V5, floor);
        x.V6 = AtLeast(x.V6, floor);
        x.V7 = AtLeast(x.V7, floor);
        x.V8 = AtLeast(x.V8, floor);
        x.V9 = AtLeast(x.V9, floor);
        x.V10 = AtLeast(x.V10, floor);
        x.V11 = AtLeast(x.V11, floor);
        x.V12 = AtLeast(x.V12, floor);
        x.V13 = AtLeast(x.V13, floor);
        x.V14 = AtLeast(x.V14, floor);
        x.V15 = AtLeast(x.V15, floor);
        return x;
    }
}

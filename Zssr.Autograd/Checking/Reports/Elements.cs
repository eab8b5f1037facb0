using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Places in a tensor, in the order of memory and as an index for each axis.</summary>
internal static class Elements
{
    /// <summary>The index along each axis of an element, from its place in the flat order.</summary>
    public static int[] Index(int flat, Shape shape)
    {
        var index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
            (flat, index[axis]) = Math.DivRem(flat, shape[axis]);
        return index;
    }

    /// <summary>The place in the flat order of an element.</summary>
    public static int Flat(ReadOnlySpan<int> index, Shape shape)
    {
        int flat = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
            flat = flat * shape[axis] + index[axis];
        return flat;
    }

    /// <summary>Whether numbers are the same bit for bit, NaN and the sign of 0 included.</summary>
    public static bool AreSameBits(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        MemoryMarshal.AsBytes(x).SequenceEqual(MemoryMarshal.AsBytes(y));

    /// <summary><c>[2, 0, 3]</c>.</summary>
    public static string Text(IReadOnlyList<int> index) => $"[{string.Join(", ", index)}]";
}

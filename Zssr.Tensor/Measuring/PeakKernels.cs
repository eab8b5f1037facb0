using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>Kernels that show what a device can do at best.</summary>
internal static class PeakKernels
{
    /// <summary>Multiply-adds of <see cref="MultiplyAdds{T}"/> in a round of one work-item.</summary>
    public const int Chains = 8;

    /// <summary>
    /// y[i] = the sum of 8 chains x ← x·½ + ½, none of which waits for another, in the multiply-adds that convolutions use. No memory
    /// is touched on the way; the sum is stored because what is never used would not be computed.
    /// </summary>
    public static void MultiplyAdds<T>(ArrayView<T> y, int rounds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = Grid.GlobalIndex.X;
        T half = T.One / (T.One + T.One);
        T x0 = T.Zero, x1 = x0, x2 = x0, x3 = x0, x4 = x0, x5 = x0, x6 = x0, x7 = x0;
        for (int round = 0; round < rounds; round++)
        {
            x0 = Fused.MultiplyAdd(x0, half, half);
            x1 = Fused.MultiplyAdd(x1, half, half);
            x2 = Fused.MultiplyAdd(x2, half, half);
            x3 = Fused.MultiplyAdd(x3, half, half);
            x4 = Fused.MultiplyAdd(x4, half, half);
            x5 = Fused.MultiplyAdd(x5, half, half);
            x6 = Fused.MultiplyAdd(x6, half, half);
            x7 = Fused.MultiplyAdd(x7, half, half);
        }

        if (i < y.IntLength)
            y[i] = x0 + x1 + x2 + x3 + (x4 + x5 + x6 + x7);
    }
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The kernels of <see cref="Picking"/>.</summary>
internal static class PickingKernels
{
    /// <summary>y[r] = x[r, indexes[r]], in rows of <paramref name="count"/> elements.</summary>
    public static void Pick<T>(ArrayView<T> x, ArrayView<int> indexes, ArrayView<T> y, int count)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int row = Grid.GlobalIndex.X; row < y.IntLength; row += stride)
            y[row] = x[row * count + indexes[row]];
    }

    /// <summary>y[r, c] = x[r] where c = indexes[r], else 0.</summary>
    public static void Put<T>(ArrayView<T> x, ArrayView<int> indexes, ArrayView<T> y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
        {
            int row = index / count;
            y[index] = index - row * count == indexes[row] ? x[row] : T.Zero;
        }
    }
}

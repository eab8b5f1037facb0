using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The portable kernels of <see cref="FrobeniusNorm"/>. A work-item makes whole results, so any grid is right.</summary>
internal static class FrobeniusNormKernels
{
    /// <summary>sums[r] = Σ x[r, c]² over the columns, for the rows of all matrices.</summary>
    public static void SumSquaresOfRows<T>(ArrayView<T> x, ArrayView<T> sums, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int row = Grid.GlobalIndex.X; row < sums.IntLength; row += stride)
        {
            T sum = T.Zero;
            for (int i = row * columns; i < (row + 1) * columns; i++)
                sum = Fused.MultiplyAdd(x[i], x[i], sum);
            sums[row] = sum;
        }
    }

    /// <summary>norms[m] = √(the sums of the rows of matrix m, added up) + ε.</summary>
    public static void NormOfMatrices<T>(ArrayView<T> sums, ArrayView<T> norms, int rows, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int matrix = Grid.GlobalIndex.X; matrix < norms.IntLength; matrix += stride)
        {
            T sum = T.Zero;
            for (int row = matrix * rows; row < (matrix + 1) * rows; row++)
                sum += sums[row];
            norms[matrix] = T.Sqrt(sum) + epsilon;
        }
    }

    /// <summary>y[i] = x[i] / the norm of its matrix, of <paramref name="count"/> elements.</summary>
    public static void DivideMatrices<T>(ArrayView<T> x, ArrayView<T> norms, ArrayView<T> y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = x[i] / norms[i / count];
    }
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The matrix product as its definition.</summary>
internal static class NaiveMatMulKernels
{
    /// <summary>
    /// y[i, j] = α · Σ over d of A[i, d] · B[d, j] + β · c[i, j], of each matrix. An empty c is zero. A work-item takes every stride-th
    /// element.
    /// </summary>
    public static void Multiply<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, MatMulGeometry g, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
        {
            int matrix = i / g.YMatrix;
            int element = i - matrix * g.YMatrix;
            int atA = matrix * g.AMatrix + element / g.Columns * g.ARow;
            int atB = matrix * g.BMatrix + element % g.Columns * g.BColumn;
            T sum = T.Zero;
            for (int d = 0; d < g.Depth; d++)
            {
                sum = Fused.MultiplyAdd(a[atA], b[atB], sum);
                atA += g.ADepth;
                atB += g.BDepth;
            }

            y[i] = c.IntLength > 0 ? alpha * sum + beta * c[i] : alpha * sum;
        }
    }
}

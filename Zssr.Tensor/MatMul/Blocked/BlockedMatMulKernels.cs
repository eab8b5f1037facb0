using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The matrix product with sums in registers: a work-item computes 4 rows and 8 columns of the result.</summary>
/// <remarks>
/// The definition's one sum waits for each of its additions before the next may begin, and reads two numbers for each. Here 32 sums are
/// under way together, and 12 numbers are read for 32 products. Nothing is shared between work-items, so groups may have any size, and
/// matrices too small to fill tiles lose nothing at their borders but what <see cref="Border"/> computes.
/// </remarks>
internal static class BlockedMatMulKernels
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 4;

    /// <summary>Columns of a block.</summary>
    public const int Columns = 8;

    /// <summary>
    /// y[i, j] = α · Σ over d of A[i, d] · B[d, j] + β · c[i, j], of each matrix. An empty c is zero. A work-item takes every stride-th
    /// block, of <paramref name="blocks"/> in all; neighbours lie in one row of blocks.
    /// </summary>
    public static void Multiply<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, MatMulGeometry g, int blocks, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        int across = (g.Columns + Columns - 1) / Columns;
        int down = (g.Rows + Rows - 1) / Rows;
        for (int block = Grid.GlobalIndex.X; block < blocks; block += stride)
        {
            int matrix = block / (across * down);
            int row = block / across % down * Rows;
            int column = block % across * Columns;
            if (row + Rows <= g.Rows && column + Columns <= g.Columns)
                Whole(a, b, c, y, g, matrix, row, column, alpha, beta);
            else
                Border(a, b, c, y, g, matrix, row, column, alpha, beta);
        }
    }

    private static void Whole<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, MatMulGeometry g, int matrix, int row, int column, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int atA = matrix * g.AMatrix + row * g.ARow;
        int atB = matrix * g.BMatrix + column * g.BColumn;
        var row0 = new Block8<T>();
        var row1 = new Block8<T>();
        var row2 = new Block8<T>();
        var row3 = new Block8<T>();
        for (int d = 0; d < g.Depth; d++)
        {
            var ofB = Block8<T>.Load(b, atB, g.BColumn);
            row0.MultiplyAdd(a[atA], ofB);
            row1.MultiplyAdd(a[atA + g.ARow], ofB);
            row2.MultiplyAdd(a[atA + 2 * g.ARow], ofB);
            row3.MultiplyAdd(a[atA + 3 * g.ARow], ofB);
            atA += g.ADepth;
            atB += g.BDepth;
        }

        int at = matrix * g.YMatrix + row * g.Columns + column;
        Store(row0, at, c, y, alpha, beta);
        Store(row1, at + g.Columns, c, y, alpha, beta);
        Store(row2, at + 2 * g.Columns, c, y, alpha, beta);
        Store(row3, at + 3 * g.Columns, c, y, alpha, beta);
    }

    private static void Store<T>(Block8<T> sums, int at, ArrayView<T> c, ArrayView<T> y, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        StoreElement(sums.V0, at, c, y, alpha, beta);
        StoreElement(sums.V1, at + 1, c, y, alpha, beta);
        StoreElement(sums.V2, at + 2, c, y, alpha, beta);
        StoreElement(sums.V3, at + 3, c, y, alpha, beta);
        StoreElement(sums.V4, at + 4, c, y, alpha, beta);
        StoreElement(sums.V5, at + 5, c, y, alpha, beta);
        StoreElement(sums.V6, at + 6, c, y, alpha, beta);
        StoreElement(sums.V7, at + 7, c, y, alpha, beta);
    }

    /// <summary>The elements of a block that reaches over the result's border, one after the other.</summary>
    private static void Border<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, MatMulGeometry g, int matrix, int row, int column, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = row; i < row + Rows && i < g.Rows; i++)
        {
            for (int j = column; j < column + Columns && j < g.Columns; j++)
            {
                int atA = matrix * g.AMatrix + i * g.ARow;
                int atB = matrix * g.BMatrix + j * g.BColumn;
                T sum = T.Zero;
                for (int d = 0; d < g.Depth; d++)
                    sum = Fused.MultiplyAdd(a[atA + d * g.ADepth], b[atB + d * g.BDepth], sum);
                StoreElement(sum, matrix * g.YMatrix + i * g.Columns + j, c, y, alpha, beta);
            }
        }
    }

    private static void StoreElement<T>(T sum, int at, ArrayView<T> c, ArrayView<T> y, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        y[at] = c.IntLength > 0 ? alpha * sum + beta * c[at] : alpha * sum;
}

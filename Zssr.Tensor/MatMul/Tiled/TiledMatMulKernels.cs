using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The matrix product for GPUs. A work-group of 64 computes 64 × 64 elements of the result: it brings 8 steps of depth of both matrices to
/// shared memory, then each work-item multiplies what it needs for its 8 × 8 sums, which stay in registers.
/// </summary>
/// <remarks>
/// A number read from global memory serves 64 products, one from shared memory 8. The sums of a work-item are 8 apart in both directions,
/// so neighbours read neighbours: no bank conflicts, coalesced stores. Outside the matrices is zero, so sizes need not be multiples.
/// The convolution's tiles (TiledConv2dKernels) are the same, with windows of an image for A.
/// </remarks>
internal static class TiledMatMulKernels
{
    /// <summary>Work-items in a group; also the rows and the columns of a tile.</summary>
    public const int Group64 = 64;

    private const int DepthStep = 8;

    /// <summary>y[i, j] = α · Σ over d of A[i, d] · B[d, j] + β · c[i, j]. An empty c is zero.</summary>
    /// <remarks>Grid: (tiles of rows, tiles of columns, matrices), groups of 64.</remarks>
    public static void Multiply<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, MatMulGeometry g, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> rowsOfA = SharedMemory.Allocate<T>(DepthStep * Group64);
        ArrayView<T> columnsOfB = SharedMemory.Allocate<T>(DepthStep * Group64);
        int item = Group.IdxX;
        int firstRow = Grid.IdxX * Group64;
        int firstColumn = Grid.IdxY * Group64;
        int matrix = Grid.IdxZ;

        // Each work-item brings in a part of one row of A and of one column of B; past the matrix there is nothing to bring.
        int depthOfA = firstRow + item < g.Rows ? g.Depth : 0;
        int depthOfB = firstColumn + item < g.Columns ? g.Depth : 0;
        int atA = matrix * g.AMatrix + (firstRow + item) * g.ARow;
        int atB = matrix * g.BMatrix + (firstColumn + item) * g.BColumn;
        int itemRow = item / 8;
        int itemColumn = item % 8;
        var sums = new Tile8x8<T>();
        for (int depth = 0; depth < g.Depth; depth += DepthStep)
        {
            // All loads first, so that they wait for memory together.
            Block8<T> partOfA = Load8(a, atA, g.ADepth, depth, depthOfA);
            Block8<T> partOfB = Load8(b, atB, g.BDepth, depth, depthOfB);
            partOfA.Store(rowsOfA, item, Group64);
            partOfB.Store(columnsOfB, item, Group64);
            Group.Barrier();

            for (int step = 0; step < DepthStep; step++)
            {
                var column = Block8<T>.Load(rowsOfA, step * Group64 + itemRow, 8);
                var row = Block8<T>.Load(columnsOfB, step * Group64 + itemColumn, 8);
                sums.MultiplyAdd(column, row);
            }

            Group.Barrier();
        }

        var store = new Target(matrix, firstColumn + itemColumn, g);
        int i = firstRow + itemRow;
        store.Row(sums.R0, i, c, y, alpha, beta);
        store.Row(sums.R1, i + 8, c, y, alpha, beta);
        store.Row(sums.R2, i + 16, c, y, alpha, beta);
        store.Row(sums.R3, i + 24, c, y, alpha, beta);
        store.Row(sums.R4, i + 32, c, y, alpha, beta);
        store.Row(sums.R5, i + 40, c, y, alpha, beta);
        store.Row(sums.R6, i + 48, c, y, alpha, beta);
        store.Row(sums.R7, i + 56, c, y, alpha, beta);
    }

    /// <summary>8 elements from a depth on, <paramref name="step"/> apart; zeros from <paramref name="end"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Block8<T> Load8<T>(ArrayView<T> from, int start, int step, int depth, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = start + depth * step;
        Block8<T> block;
        block.V0 = depth < end ? from[at] : T.Zero;
        block.V1 = depth + 1 < end ? from[at + step] : T.Zero;
        block.V2 = depth + 2 < end ? from[at + 2 * step] : T.Zero;
        block.V3 = depth + 3 < end ? from[at + 3 * step] : T.Zero;
        block.V4 = depth + 4 < end ? from[at + 4 * step] : T.Zero;
        block.V5 = depth + 5 < end ? from[at + 5 * step] : T.Zero;
        block.V6 = depth + 6 < end ? from[at + 6 * step] : T.Zero;
        block.V7 = depth + 7 < end ? from[at + 7 * step] : T.Zero;
        return block;
    }

    /// <summary>Where the sums of a work-item go: 8 columns that are 8 apart.</summary>
    private readonly struct Target(int matrix, int column, MatMulGeometry g)
    {
        private readonly int _first = matrix * g.YMatrix;
        private readonly int _column = column;
        private readonly int _rows = g.Rows;
        private readonly int _columns = g.Columns;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Row<T>(Block8<T> sums, int row, ArrayView<T> c, ArrayView<T> y, T alpha, T beta)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (row >= _rows)
                return;
            int start = _first + row * _columns;
            Element(sums.V0, start, _column, c, y, alpha, beta);
            Element(sums.V1, start, _column + 8, c, y, alpha, beta);
            Element(sums.V2, start, _column + 16, c, y, alpha, beta);
            Element(sums.V3, start, _column + 24, c, y, alpha, beta);
            Element(sums.V4, start, _column + 32, c, y, alpha, beta);
            Element(sums.V5, start, _column + 40, c, y, alpha, beta);
            Element(sums.V6, start, _column + 48, c, y, alpha, beta);
            Element(sums.V7, start, _column + 56, c, y, alpha, beta);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Element<T>(T sum, int start, int column, ArrayView<T> c, ArrayView<T> y, T alpha, T beta)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (column >= _columns)
                return;
            int at = start + column;
            y[at] = c.IntLength > 0 ? alpha * sum + beta * c[at] : alpha * sum;
        }
    }
}

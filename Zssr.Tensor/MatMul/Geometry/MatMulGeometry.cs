namespace Zssr.Tensors;

/// <summary>
/// The sizes of a product y [Rows, Columns] = A [Rows, Depth] · B [Depth, Columns], and how far apart the elements of A and B lie:
/// A[i, d] = a[i·ARow + d·ADepth], B[d, j] = b[d·BDepth + j·BColumn]. A matrix that is read transposed differs in these alone.
/// </summary>
internal readonly record struct MatMulGeometry(int Rows, int Depth, int Columns, int ARow, int ADepth, int BDepth, int BColumn)
{
    /// <summary>Floating-point operations: a multiplication and an addition for each product of the sums.</summary>
    public double Flops => 2.0 * Rows * Depth * Columns;

    /// <summary>The sizes of op(a)·op(b), op being the matrix or its transpose.</summary>
    /// <exception cref="ShapeException">An input is no matrix, or the columns of op(a) are not as many as the rows of op(b).</exception>
    public static MatMulGeometry Of(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw new ShapeException(
                $"matmul: a has shape {a} and b {b}; both must be matrices, [rows, columns]. Reshape them, or take parts.");
        }

        (int rows, int depth) = transposeA ? (a[1], a[0]) : (a[0], a[1]);
        (int depthOfB, int columns) = transposeB ? (b[1], b[0]) : (b[0], b[1]);
        if (depth != depthOfB)
        {
            throw new ShapeException(
                $"matmul: {Factor("a", transposeA)} has {depth} columns but {Factor("b", transposeB)} has {depthOfB} rows "
                + $"(a: {a}, b: {b}). They must be equal; is a matrix to be transposed?");
        }

        return new MatMulGeometry(
            rows, depth, columns,
            ARow: transposeA ? 1 : depth, ADepth: transposeA ? rows : 1,
            BDepth: transposeB ? 1 : columns, BColumn: transposeB ? depth : 1);
    }

    private static string Factor(string name, bool isTransposed) => isTransposed ? $"the transpose of {name}" : name;
}

namespace Zssr.Tensors;

/// <summary>
/// The sizes of a product y [Rows, Columns] = A [Rows, Depth] · B [Depth, Columns], and how far apart the elements of A and B lie:
/// A[i, d] = a[i·ARow + d·ADepth], B[d, j] = b[d·BDepth + j·BColumn]. A matrix that is read transposed differs in these alone.
/// Of a stack there are as many of each as <paramref name="Matrices"/>, one whole matrix after the other.
/// </summary>
internal readonly record struct MatMulGeometry(
    int Matrices, int Rows, int Depth, int Columns, int ARow, int ADepth, int BDepth, int BColumn)
{
    /// <summary>Floating-point operations: a multiplication and an addition for each product of the sums.</summary>
    public double Flops => 2.0 * Matrices * Rows * Depth * Columns;

    /// <summary>Elements from one matrix of a to the next.</summary>
    public int AMatrix => Rows * Depth;

    /// <summary>Elements from one matrix of b to the next.</summary>
    public int BMatrix => Depth * Columns;

    /// <summary>Elements from one matrix of the result to the next.</summary>
    public int YMatrix => Rows * Columns;

    /// <summary>The sizes of op(a)·op(b), op being the matrix or its transpose.</summary>
    /// <exception cref="ShapeException">
    /// An input is no matrix, the stacks differ, or the columns of op(a) are not as many as the rows of op(b).
    /// </exception>
    public static MatMulGeometry Of(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        if (a.Rank < 2 || b.Rank < 2)
        {
            throw new ShapeException(
                $"matmul: a has shape {a} and b {b}; both must be matrices, [rows, columns], or stacks of them, [..., rows, columns]. "
                + "Reshape them, or take parts.");
        }

        Shape stack = Stack(a);
        if (stack != Stack(b))
        {
            throw new ShapeException(
                $"matmul: a is a stack {stack} of matrices but b a stack {Stack(b)} (a: {a}, b: {b}); all axes before the last two must "
                + "be equal.");
        }

        (int rows, int depth) = transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        (int depthOfB, int columns) = transposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
        if (depth != depthOfB)
        {
            throw new ShapeException(
                $"matmul: {Factor("a", transposeA)} has {depth} columns but {Factor("b", transposeB)} has {depthOfB} rows "
                + $"(a: {a}, b: {b}). They must be equal; is a matrix to be transposed?");
        }

        return new MatMulGeometry(
            stack.ElementCount, rows, depth, columns,
            ARow: transposeA ? 1 : depth, ADepth: transposeA ? rows : 1,
            BDepth: transposeB ? 1 : columns, BColumn: transposeB ? depth : 1);
    }

    /// <summary>The axes before the last two; [] of a single matrix.</summary>
    private static Shape Stack(Shape matrices) => [.. matrices.Sizes[..^2]];

    private static string Factor(string name, bool isTransposed) => isTransposed ? $"the transpose of {name}" : name;
}

namespace Zssr.Tensors;

/// <summary>
/// Makes the singular values of a matrix nearly equal and leaves its singular vectors as they are, with products alone: the iteration of
/// Newton and Schulz with the coefficients of Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks").
/// <code>
/// X ← M / (‖M‖ + ε)                            ‖M‖² = the sum of the squares: no singular value is above 1 then
/// X ← a·X + X·(b·A + c·A²),  A = XᵀX           five times; a = 3.4445, b = −4.7750, c = 2.0315
/// </code>
/// A step takes every singular value σ to a·σ + b·σ³ + c·σ⁵. Small ones grow 3.4-fold; five steps bring all from 0.002 to 1 between 0.68
/// and 1.21. The coefficients trade exactness, which no optimizer needs, for few steps.
/// </summary>
/// <remarks>
/// A has the size of the shorter side: where M has fewer rows than columns, the step is the same of Mᵀ, X ← a·X + (b·A + c·A²)·X with
/// A = XXᵀ. All on the device of M; nothing is read back.
/// </remarks>
public static class NewtonSchulz
{
    /// <summary>How often the step is made.</summary>
    public const int Steps = 5;

    private const double Linear = 3.4445;
    private const double Cubic = -4.7750;
    private const double Quintic = 2.0315;

    /// <summary>ε: a matrix of zeros stays one.</summary>
    private const double LeastNorm = 1e-12;

    /// <summary>The matrix with singular values near 1, but for those below 0.002 of its norm; zeros where it is zero.</summary>
    /// <param name="matrix">M, [rows, columns], or a stack of matrices [count, rows, columns], each of which is M by itself.</param>
    /// <param name="steps">How many steps.</param>
    /// <returns>As <paramref name="matrix"/>.</returns>
    /// <exception cref="ShapeException">It is neither a matrix nor a stack.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public static Tensor Orthogonalize(Tensor matrix, int steps = Steps)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (matrix.Shape.Rank is not (2 or 3))
        {
            throw new ShapeException(
                $"orthogonalize: {matrix.Shape} has {matrix.Shape.Rank} axes; a matrix [rows, columns] or a stack of matrices "
                + "[count, rows, columns] is needed.");
        }

        bool isStack = matrix.Shape.Rank == 3;
        using Tensor stack = isStack ? matrix.Share() : matrix.Reshape([1, .. matrix.Shape]);
        Tensor x = FrobeniusNorm.Normalize(stack, LeastNorm);
        for (int step = 0; step < steps; step++)
        {
            using Tensor last = x;
            x = Step(last);
        }

        if (isStack)
            return x;
        using Tensor result = x;
        return result.Reshape(matrix.Shape);
    }

    private static Tensor Step(Tensor x)
    {
        bool isTall = x.Shape[1] > x.Shape[2];
        using Tensor gram = MatMul.Multiply(x, x, transposeA: isTall, transposeB: !isTall);
        using Tensor factor = MatMul.MultiplyAdd(gram, gram, gram, alpha: Quintic, beta: Cubic);
        return isTall ? MatMul.MultiplyAdd(x, factor, x, beta: Linear) : MatMul.MultiplyAdd(factor, x, x, beta: Linear);
    }
}

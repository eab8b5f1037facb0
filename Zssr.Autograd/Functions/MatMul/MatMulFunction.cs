using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = op(a)·op(b), op being the matrix or its transpose. Backward, with A = op(a) and B = op(b): dA = dy·Bᵀ and dB = Aᵀ·dy; where a was
/// transposed, da = dAᵀ = B·dyᵀ, and likewise db = dyᵀ·A. Products again, so no matrix is copied, and the gradients are differentiable.
/// </summary>
public sealed class MatMulFunction : Function
{
    private readonly bool _transposeA;
    private readonly bool _transposeB;

    private MatMulFunction(bool transposeA, bool transposeB) => (_transposeA, _transposeB) = (transposeA, transposeB);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes =>
        [("transpose a", _transposeA), ("transpose b", _transposeB)];

    /// <summary>
    /// The product of a [M, K] (or its transpose, of [K, M]) and b [K, N] (or its transpose, of [N, K]): [M, N]. See
    /// <see cref="MatMul.Multiply"/>.
    /// </summary>
    /// <exception cref="ShapeException">An input is no matrix, or the columns of op(a) are not as many as the rows of op(b).</exception>
    public static Variable Apply(Variable a, Variable b, bool transposeA = false, bool transposeB = false) =>
        Run(new MatMulFunction(transposeA, transposeB), a, b);

    /// <inheritdoc/>
    protected override Tensor Forward() => MatMul.Multiply(Inputs[0].Value, Inputs[1].Value, _transposeA, _transposeB);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        (Variable a, Variable b) = (Inputs[0], Inputs[1]);
        Variable? da = !NeedsGradient(0) ? null
            : _transposeA ? Apply(b, dy, _transposeB, transposeB: true)
            : Apply(dy, b, transposeB: !_transposeB);
        Variable? db = !NeedsGradient(1) ? null
            : _transposeB ? Apply(dy, a, transposeA: true, _transposeA)
            : Apply(a, dy, transposeA: !_transposeA);
        return [da, db];
    }
}

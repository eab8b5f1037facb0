using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y[r] = x[r, index[r]], one element of each row along the last axis. Backward: dx[r, index[r]] = dy[r], zeros elsewhere.</summary>
public sealed class PickFunction : UnaryFunction
{
    private readonly int[] _indexes;

    private PickFunction(int[] indexes) => _indexes = indexes;

    /// <summary>One element of each row: x [..., C] gives [...].</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="indexes">0 … C − 1, one for each row, in the order of the elements; copied.</param>
    /// <exception cref="ShapeException">x is a scalar, or there are more or fewer indexes than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not 0 … C − 1.</exception>
    public static Variable Apply(Variable x, ReadOnlySpan<int> indexes) => Run(new PickFunction(indexes.ToArray()), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Picking.Pick(x, _indexes);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => PutFunction.Apply(dy, _indexes, x.Shape[^1]);
}

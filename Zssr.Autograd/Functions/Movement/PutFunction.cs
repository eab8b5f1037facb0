using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y[r, index[r]] = x[r], zeros elsewhere: rows with one element. Backward: dx[r] = dy[r, index[r]].</summary>
public sealed class PutFunction : UnaryFunction
{
    private readonly int[] _indexes;
    private readonly int _count;

    private PutFunction(int[] indexes, int count) => (_indexes, _count) = (indexes, count);

    /// <summary>x as one element of each row: [...] gives [..., count].</summary>
    /// <param name="x">[...].</param>
    /// <param name="indexes">0 … count − 1, one for each element of x, in their order; copied.</param>
    /// <param name="count">Elements of a row.</param>
    /// <exception cref="ShapeException">There are more or fewer indexes than elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not 0 … count − 1.</exception>
    public static Variable Apply(Variable x, ReadOnlySpan<int> indexes, int count) => Run(new PutFunction(indexes.ToArray(), count), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Picking.Put(x, _indexes, _count);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => PickFunction.Apply(dy, _indexes);
}

using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = the median over the first axis of x [n, …]. Backward: dx = dy at the chosen element (half at each of two where the mean
/// of the middle two is taken), 0 elsewhere.
/// </summary>
public sealed class MedianFunction : UnaryFunction
{
    private readonly MedianKind _kind;

    private MedianFunction(MedianKind kind) => _kind = kind;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("kind", _kind.ToString())];

    /// <summary>The median of a stack [n, …] for each place of […].</summary>
    /// <exception cref="ShapeException">The stack has no first axis, or nothing is stacked along it.</exception>
    public static Variable Apply(Variable stack, MedianKind kind) => Run(new MedianFunction(kind), stack);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Median.OfStack(x, _kind);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        // The choice is piecewise constant, so it is a constant to further derivatives.
        using Tensor weights = Median.SelectionWeights(x.Value, _kind);
        Variable single = ReshapeFunction.Apply(dy, [1, .. dy.Shape]);
        var repeated = new Variable[x.Shape[0]];
        Array.Fill(repeated, single);
        return ConcatenateBatchFunction.Apply(repeated) * x.Tape.Constant(weights);
    }
}

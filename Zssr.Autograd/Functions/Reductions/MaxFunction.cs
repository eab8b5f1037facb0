using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = the largest element of x, a single number. Backward: dx = dy at that element; where several are equally large, each gets
/// an equal part, as in PyTorch's amax.
/// </summary>
public sealed class MaxFunction : UnaryFunction
{
    /// <summary>The largest element of x, of any shape: a single number, [].</summary>
    /// <exception cref="ShapeException">x is empty.</exception>
    public static Variable Apply(Variable x) => Run(new MaxFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Reduction.Max(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        // max(x, y) shares ½ at elements equal to y and 0 at smaller ones; twice that marks them.
        using Tensor largest = Elementwise.Broadcast(y.Value, x.Shape);
        using Tensor halfMarks = Elementwise.MaximumShare(x.Value, largest);
        using Tensor half = Reduction.Sum(halfMarks);
        Variable share = x.Tape.Constant(halfMarks) / BroadcastFunction.Apply(x.Tape.Constant(half), x.Shape);
        return BroadcastFunction.Apply(dy, x.Shape) * share;
    }
}

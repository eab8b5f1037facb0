using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// z = the larger of x and y. Backward: the gradient goes to the larger one; where both are equal, half to each, as in PyTorch.
/// </summary>
public sealed class MaximumFunction : BinaryFunction
{
    /// <summary>z = the larger of x and y; the shapes go together by NumPy's rules, see <see cref="BinaryFunction"/>.</summary>
    /// <exception cref="ShapeException">The shapes do not go together; the message names the axis.</exception>
    public static Variable Apply(Variable x, Variable y) => Run(new MaximumFunction(), x, y);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Tensor y) => Elementwise.Maximum(x, y);

    /// <inheritdoc/>
    protected override Variable BackwardX(Variable x, Variable y, Variable dz) => dz * ShareOfX(x, y);

    /// <inheritdoc/>
    protected override Variable BackwardY(Variable x, Variable y, Variable dz) => dz * (1 - ShareOfX(x, y));

    /// <summary>The part of the gradient that goes to x. It is piecewise constant, so it is a constant to further derivatives.</summary>
    private static Variable ShareOfX(Variable x, Variable y)
    {
        using Tensor share = Elementwise.MaximumShare(x.Value, y.Value);
        return x.Tape.Constant(share);
    }
}

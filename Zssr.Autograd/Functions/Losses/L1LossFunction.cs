using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = mean of w·|x − target|. Backward: dx = dy · w · sign(x − target) / n, 0 where they are equal, as in PyTorch; dtarget = −dx.
/// </summary>
public sealed class L1LossFunction : LossFunction
{
    private L1LossFunction()
        : base(MeanLoss.L1)
    {
    }

    /// <summary>
    /// The loss of x against target, of equal shapes: a single number, []. Weights, if given, are constants of x's shape, or of the
    /// same with a last axis of 1: one a pixel.
    /// </summary>
    /// <exception cref="ShapeException">The target's shape is not x's, or the weights' shape does not fit.</exception>
    /// <exception cref="GraphException">A gradient is wanted for the weights; they have none.</exception>
    public static Variable Apply(Variable x, Variable target, Variable? weights = null) => Apply(new L1LossFunction(), x, target, weights);
}

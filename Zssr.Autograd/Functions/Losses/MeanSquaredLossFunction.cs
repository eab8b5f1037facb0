namespace Zssr.Autograd;

/// <summary>y = mean of w·(x − target)². Backward: dx = dy · 2w · (x − target) / n; dtarget = −dx.</summary>
public sealed class MeanSquaredLossFunction : LossFunction
{
    private MeanSquaredLossFunction()
        : base(MeanLoss.MeanSquared)
    {
    }

    /// <inheritdoc cref="L1LossFunction.Apply"/>
    public static Variable Apply(Variable x, Variable target, Variable? weights = null) =>
        Apply(new MeanSquaredLossFunction(), x, target, weights);
}

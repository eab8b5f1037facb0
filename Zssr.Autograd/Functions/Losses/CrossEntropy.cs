using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// The loss of classification: the mean of −log softmax(x)[class], of logits x and the classes that are right; see
/// <see cref="OverAxes.LogSoftmax"/>.
/// </summary>
public static class CrossEntropy
{
    /// <summary>The mean over all rows, a single number.</summary>
    /// <param name="logits">[..., classes], any numbers; −∞ for a class that is impossible.</param>
    /// <param name="classes">0 … classes − 1, one for each row.</param>
    /// <exception cref="ShapeException">The logits are a scalar, or there are more or fewer classes given than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is not 0 … classes − 1.</exception>
    public static Variable Apply(Variable logits, ReadOnlySpan<int> classes) =>
        -MeanFunction.Apply(PickFunction.Apply(OverAxes.LogSoftmax(logits), classes));
}

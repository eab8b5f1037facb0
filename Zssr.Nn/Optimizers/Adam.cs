using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Adam (Kingma and Ba 2015) as PyTorch's; the formula is at <see cref="AdamUpdate"/>.</summary>
public sealed class Adam : Optimizer
{
    private readonly Tensor[] _firstMoments;
    private readonly Tensor[] _secondMoments;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;

    /// <summary>An optimizer at its first step.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, above 0.</param>
    public Adam(IReadOnlyList<NamedParameter> parameters, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(parameters)
    {
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);
        _firstMoments = KeepZeros("first_moment");
        _secondMoments = KeepZeros("second_moment");
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient, double learningRate) => AdamUpdate.Apply(
        parameter, gradient, _firstMoments[index], _secondMoments[index], StepCount, learningRate, _beta1, _beta2, _epsilon);
}

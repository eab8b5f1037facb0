using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Stochastic gradient descent with momentum as PyTorch's; the formula is at <see cref="SgdUpdate"/>.</summary>
public sealed class Sgd : Optimizer
{
    private readonly Tensor[] _velocities;
    private readonly double _momentum;

    /// <summary>An optimizer at its first step.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="momentum">How much of the last step's direction stays, 0 or more and usually below 1; 0 is plain descent.</param>
    public Sgd(IReadOnlyList<NamedParameter> parameters, double momentum = 0.9)
        : base(parameters)
    {
        _momentum = momentum;
        _velocities = KeepZeros("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient, double learningRate) =>
        SgdUpdate.Apply(parameter, gradient, _velocities[index], learningRate, _momentum);
}

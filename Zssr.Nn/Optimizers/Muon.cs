using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Muon (Jordan et al. 2024) for the weights of the inner layers, and Adam for all else: the first and the last layer, whose inputs or
/// outputs are colours, and biases. The formulas are at <see cref="MuonUpdate"/> and <see cref="AdamUpdate"/>.
/// </summary>
public sealed class Muon : Optimizer
{
    private readonly Tensor?[] _velocities;
    private readonly Tensor?[] _firstMoments;
    private readonly Tensor?[] _secondMoments;
    private readonly double _adamShare;
    private readonly double _momentum;

    /// <summary>An optimizer at its first step.</summary>
    /// <param name="parameters">
    /// What is trained, from the input on. Those with two axes or more are weights; all but the first and the last of them are inner ones.
    /// </param>
    /// <param name="adamShare">Adam's learning rate in parts of Muon's, 0 or more.</param>
    /// <param name="momentum">How much of Muon's last direction stays, in [0, 1).</param>
    public Muon(IReadOnlyList<NamedParameter> parameters, double adamShare = 0.15, double momentum = 0.95)
        : base(parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(adamShare);
        (_adamShare, _momentum) = (adamShare, momentum);
        NamedParameter[] weights = [.. parameters.Where(parameter => parameter.Value.Shape.Rank >= 2)];
        HashSet<NamedParameter> inner = [.. weights.Skip(1).SkipLast(1)];
        _velocities = [.. parameters.Select(parameter => inner.Contains(parameter) ? KeepZeros("velocity", parameter) : null)];
        _firstMoments = [.. parameters.Select(parameter => inner.Contains(parameter) ? null : KeepZeros("first_moment", parameter))];
        _secondMoments = [.. parameters.Select(parameter => inner.Contains(parameter) ? null : KeepZeros("second_moment", parameter))];
    }

    /// <summary>The inner weights of one shape together, then each other parameter.</summary>
    protected override void Update(IReadOnlyList<Tensor> gradients, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        IEnumerable<int> all = Enumerable.Range(0, gradients.Count);
        foreach (IGrouping<Shape, int> alike in all.Where(IsInner).GroupBy(i => gradients[i].Shape))
            MuonUpdate.Apply([.. alike.Select(i => (Parameters[i].Value, gradients[i], _velocities[i]!))], learningRate, _momentum);
        foreach (int i in all.Where(i => !IsInner(i)))
            Update(i, Parameters[i].Value, gradients[i], learningRate);
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient, double learningRate) =>
        AdamUpdate.Apply(parameter, gradient, _firstMoments[index]!, _secondMoments[index]!, StepCount, _adamShare * learningRate);

    private bool IsInner(int index) => _velocities[index] is not null;
}

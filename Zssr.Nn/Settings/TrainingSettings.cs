namespace Zssr.Nn;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>The mean absolute difference.</summary>
    L1,

    /// <summary>The mean squared difference.</summary>
    Mse,
}

/// <summary>How steps are made from gradients.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Nn.Adam"/> with PyTorch's defaults.</summary>
    Adam,

    /// <summary><see cref="Nn.Sgd"/> with momentum.</summary>
    Sgd,
}

/// <summary>How the learning rate goes.</summary>
public enum RatePolicyKind
{
    /// <summary><see cref="ConstantRate"/>.</summary>
    Constant,

    /// <summary><see cref="StepRate"/>: a tenth after each third of the iterations.</summary>
    Step,

    /// <summary><see cref="CosineRate"/>: down to 0 at the last iteration.</summary>
    Cosine,

    /// <summary><see cref="Nn.SlopeTest"/>: the paper's.</summary>
    SlopeTest,
}

/// <summary>How the network is trained.</summary>
public sealed record TrainingSettings
{
    internal const double LargestLearningRate = 10;

    /// <summary>Iterations at most, one pair each; 0 to 10,000,000. A policy may end training earlier.</summary>
    public int Iterations { get; init; } = 3000;

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; } = LossKind.L1;

    /// <summary>How steps are made.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Of SGD: the momentum, 0 to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The first learning rate, above 0, at most 10.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the rate goes.</summary>
    public RatePolicyKind RatePolicy { get; init; } = RatePolicyKind.SlopeTest;

    /// <summary>Training ends when the rate is below this. 0 never ends it.</summary>
    public double StopBelow { get; init; } = 9e-6;

    internal ILearningRatePolicy CreatePolicy() => RatePolicy switch
    {
        RatePolicyKind.Constant => new ConstantRate(LearningRate),
        RatePolicyKind.Step => new StepRate(LearningRate, Math.Max((Iterations + 2) / 3, 1)),
        RatePolicyKind.Cosine => new CosineRate(LearningRate, Math.Max(Iterations, 1)),
        _ => new SlopeTest(LearningRate),
    };

    internal Optimizer CreateOptimizer(IReadOnlyList<NamedParameter> parameters) =>
        Optimizer == OptimizerKind.Adam ? new Adam(parameters) : new Sgd(parameters, Momentum);

    internal void Validate()
    {
        SettingsCheck.Range("iterations", Iterations, 0, 10_000_000);
        SettingsCheck.Range("learning rate", LearningRate, 1e-12, LargestLearningRate);
        SettingsCheck.Range("momentum", Momentum, 0, 0.999999);
        SettingsCheck.Range("stop below", StopBelow, 0, 10);
    }
}

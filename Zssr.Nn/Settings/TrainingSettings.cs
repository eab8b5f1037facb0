using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Zssr.Nn;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>The mean absolute difference.</summary>
    L1,

    /// <summary>The mean squared difference.</summary>
    Mse,

    /// <summary>The mean of √(difference² + ε²): the absolute difference, smooth at 0.</summary>
    Charbonnier,
}

/// <summary>How steps are made from gradients.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Nn.Adam"/> with PyTorch's defaults.</summary>
    Adam,

    /// <summary><see cref="Nn.Sgd"/> with momentum.</summary>
    Sgd,

    /// <summary><see cref="Nn.Muon"/>: orthogonal steps for the inner layers, Adam for the others.</summary>
    Muon,
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

    /// <summary><see cref="OneCycleRate"/>: up to the learning rate first, then down to almost 0 at the last iteration.</summary>
    OneCycle,
}

/// <summary>How the network is trained.</summary>
public sealed record TrainingSettings
{
    internal const double LargestLearningRate = 10;

    /// <summary>How many times smaller than the learning rate the first rate of <see cref="OneCycleRate"/> is.</summary>
    internal const double OneCycleDivisor = 25;

    /// <summary>Iterations at most; 0 to 10,000,000. A policy may end training earlier.</summary>
    public int Iterations { get; init; } = 3000;

    /// <summary>Pairs of each iteration, whose mean loss is made small; 1 to 64.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; } = LossKind.L1;

    /// <summary>Of Charbonnier's loss: ε, with values 0…1; 1e-9 (it must not vanish in float32) to 1.</summary>
    public double CharbonnierEpsilon { get; init; } = 1e-3;

    /// <summary>
    /// λ, by how much more the loss counts where the father changes fast: weights (1 + λ · g / mean g) / (1 + λ) with its
    /// <see cref="GradientMagnitude"/> g; 0 to 100. 0 weighs all pixels alike.
    /// </summary>
    public double GradientWeight { get; init; }

    /// <summary>How steps are made.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Of SGD: the momentum, 0 to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Of Muon: its momentum, 0 to below 1. Not in the JSON of another optimizer.</summary>
    public double MuonMomentum { get; init; } = 0.95;

    /// <summary>
    /// Of Muon: the learning rate of the layers that Adam trains, 0 to 10, where <see cref="LearningRate"/> is that of the others; it goes
    /// as that does. Not in the JSON of another optimizer.
    /// </summary>
    public double AdamRate { get; init; } = 3e-3;

    /// <summary>The first learning rate (of one cycle: the largest), 1e-12 to 10.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the rate goes.</summary>
    public RatePolicyKind RatePolicy { get; init; } = RatePolicyKind.SlopeTest;

    /// <summary>Of one cycle: the share of the iterations in which the rate rises; 0 to 0.9.</summary>
    public double WarmUp { get; init; } = 0.3;

    /// <summary>Training ends when the rate is below this. 0 never ends it.</summary>
    public double StopBelow { get; init; } = 9e-6;

    /// <summary>
    /// The share of <see cref="Iterations"/>, the last of them, over whose weights the network's final ones are the mean
    /// (<see cref="WeightAverage"/>); 0 to 1. 0 takes the last weights alone, and so does a training that ends before.
    /// </summary>
    public double AverageLast { get; init; }

    internal int AveragedIterations => (int)Math.Ceiling(AverageLast * Iterations);

    /// <summary>
    /// Writes what concerns Muon alone only where it is used: a checkpoint is continued by a run of the same JSON, and older ones know
    /// nothing of Muon.
    /// </summary>
    internal static void LeaveOutMuon(JsonTypeInfo type)
    {
        if (type.Type != typeof(TrainingSettings))
            return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.AttributeProvider is MemberInfo { Name: nameof(MuonMomentum) or nameof(AdamRate) })
                property.ShouldSerialize = (settings, _) => ((TrainingSettings)settings).Optimizer == OptimizerKind.Muon;
        }
    }

    internal void Validate()
    {
        SettingsCheck.Defined("loss", Loss);
        SettingsCheck.Defined("optimizer", Optimizer);
        SettingsCheck.Defined("rate policy", RatePolicy);
        SettingsCheck.Range("iterations", Iterations, 0, 10_000_000);
        SettingsCheck.Range("batch", Batch, 1, 64);
        SettingsCheck.Range("Charbonnier epsilon", CharbonnierEpsilon, 1e-9, 1);
        SettingsCheck.Range("gradient weight", GradientWeight, 0, 100);
        SettingsCheck.Range("learning rate", LearningRate, 1e-12, LargestLearningRate);
        SettingsCheck.Range("momentum", Momentum, 0, 0.999999);
        SettingsCheck.Range("Muon momentum", MuonMomentum, 0, 0.999999);
        SettingsCheck.Range("Adam rate", AdamRate, 0, LargestLearningRate);
        SettingsCheck.Range("warm-up", WarmUp, 0, 0.9);
        SettingsCheck.Range("stop below", StopBelow, 0, 10);
        double first = RatePolicy == RatePolicyKind.OneCycle ? LearningRate / OneCycleDivisor : LearningRate;
        SettingsCheck.Require(
            Iterations == 0 || first >= StopBelow,
            $"stop below: the rate begins with {first:G3}, which is below {StopBelow:G3}; training would end at once. "
            + "Raise the rate, lower the limit, or set it to 0.");
        SettingsCheck.Range("average-last", AverageLast, 0, 1);
    }
}

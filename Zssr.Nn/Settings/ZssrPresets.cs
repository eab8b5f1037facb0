using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Complete settings by name: the two published recipes, and those that follow from them.</summary>
public static class ZssrPresets
{
    /// <summary>
    /// The recipe of the article that this project implements: block residuals, values 0…255, a fixed list of 36 pairs with noise, 1000
    /// epochs of 36 iterations, the median of 12 copies, 3 gentle rounds of back-projection.
    /// </summary>
    public static ZssrSettings Article { get; } = new()
    {
        Preset = "article",
        TrainsEachScale = false,
        Peak = 255,
        Rescaling = RescalingKind.Interpolate,
        Network = new NetworkSettings { Form = NetworkForm.BlockResiduals },
        Pairs = new PairSettings { Recipe = PairRecipe.FixedList, NoiseStd = 5.0 / 255 },
        Training = new TrainingSettings { Iterations = 36_000, RatePolicy = RatePolicyKind.Constant, StopBelow = 0 },
        Inference = new InferenceSettings
        {
            Ensemble = 12,
            Median = MedianKind.LowerMiddle,
            BackProjections = 3,
            BackProjectCopies = false,
            BackProjectionStep = 0.5,
        },
    };

    /// <summary>
    /// The recipe of Shocher, Cohen and Irani 2018 in one jump: global residual, random affine maps, the slope test, 8 copies, 10 rounds
    /// of back-projection.
    /// </summary>
    public static ZssrSettings Paper { get; } = new() { Preset = "paper" };

    /// <summary>The same by small steps, each of which trains on the results of those before; the published figures are with these.</summary>
    public static ZssrSettings PaperGradual { get; } = Paper with { Preset = "paper-gradual", Gradual = true };

    /// <summary>
    /// The paper's for real photographs, which have noise of their own and no known kernel: noise on the sons, gentle maps, no copies and
    /// no back-projection, which would bring the noise back.
    /// </summary>
    public static ZssrSettings Real { get; } = Paper with
    {
        Preset = "real",
        Pairs = new PairSettings
        {
            NoiseStd = 0.0125,
            PlainShare = 0.5,
            TurnedShare = 0,
            SmallestScale = 0.75,
            ScaleDifference = 0,
            Shear = 0,
            Rotates = false,
            Mirrors = false,
        },
        Inference = new InferenceSettings { Ensemble = 1, BackProjections = 0 },
    };

    /// <summary>
    /// The paper's method made short. The network works on the small image (sub-pixel), has half the channels, and begins with what was
    /// learned from drawn pictures. Muon and one cycle of a large rate train it on quarter turns and mirror images of fathers of several
    /// scales. A second pass learns from the result of the first.
    /// </summary>
    public static ZssrSettings Fast { get; } = Paper with
    {
        Preset = "fast",
        LargestJump = 2,
        Passes = 2,
        Start = BuiltInStarts.Find(BuiltInStarts.Drawn)! with { IsOptional = true },
        Network = new NetworkSettings { Form = NetworkForm.SubPixel, Width = 32, WeightGain = 0.8 },
        Pairs = new PairSettings { PlainShare = 0, TurnedShare = 1, FatherScales = [1, 0.9, 0.8, 0.7] },
        Training = new TrainingSettings
        {
            Iterations = 150,
            Optimizer = OptimizerKind.Muon,
            LearningRate = 0.01,
            RatePolicy = RatePolicyKind.OneCycle,
            WarmUp = 0.1,
            StopBelow = 0,
        },
    };

    /// <summary>The same with one short training, which leaves the start nearly as it was.</summary>
    public static ZssrSettings Instant { get; } = Fast with
    {
        Preset = "instant",
        Passes = 1,
        Training = Fast.Training with { Iterations = 50, LearningRate = 0.005 },
    };

    /// <summary>The same with longer trainings and two passes more than <see cref="Fast"/>.</summary>
    public static ZssrSettings Standard { get; } = Fast with
    {
        Preset = "standard",
        Passes = 4,
        Training = Fast.Training with { Iterations = 300 },
    };

    /// <summary>The same with as many passes as there may be.</summary>
    public static ZssrSettings Best { get; } = Standard with { Preset = "best", Passes = 8 };

    /// <summary>
    /// <see cref="Standard"/> for what a camera or a phone has made: it finds out what noise and what compression the picture has come
    /// with, and learns to undo them. Where it finds none, it is the same.
    /// </summary>
    public static ZssrSettings Photo { get; } = Standard with
    {
        Preset = "photo",
        Damage = new DamageSettings { EstimatesNoise = true, FindsCompression = true },
    };

    /// <summary>What a user gets who asks for nothing else.</summary>
    public static ZssrSettings Default => Standard;

    /// <summary>All presets.</summary>
    public static IReadOnlyList<ZssrSettings> All { get; } =
        [Article, Paper, PaperGradual, Real, Instant, Fast, Standard, Best, Photo];

    /// <summary>The preset of a name, in any case.</summary>
    /// <exception cref="SettingsException">There is none; the message lists those that exist.</exception>
    public static ZssrSettings Named(string name) =>
        All.FirstOrDefault(preset => preset.Preset.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException(
            $"preset: there is no '{name}'. The presets are {string.Join(", ", All.Select(preset => preset.Preset))}.");
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>How the pictures are shrunk from which a start is learned.</summary>
public enum ShrinkingKind
{
    /// <summary>As the settings' rescaling does.</summary>
    Bicubic,

    /// <summary>Half of them so, the others by a Gaussian of random width and direction.</summary>
    Mixture,
}

/// <summary>How a start is learned: everything that decides the result, apart from the user's own pictures and the device.</summary>
public sealed record StartRecipe
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>
    /// The network, scale, seed, pairs and training unless told otherwise: the network of the preset <c>fast</c>, four crops of 64 × 64
    /// an iteration, one cycle.
    /// </summary>
    public static ZssrSettings DefaultSettings { get; } = ZssrPresets.Fast with
    {
        Preset = "learn",
        Passes = 1,
        LargestJump = ZssrSettings.LargestScale,
        Start = null,
        Pairs = new PairSettings { PlainShare = 0, TurnedShare = 1, CropSize = 64 },
        Training = new TrainingSettings
        {
            Iterations = 20_000,
            Batch = 4,
            Optimizer = OptimizerKind.Muon,
            LearningRate = 6e-3,
            RatePolicy = RatePolicyKind.OneCycle,
            WarmUp = 0.05,
            StopBelow = 0,
            AverageLast = 0.02,
        },
    };

    /// <summary>The network, one scale, seed, pairs and training.</summary>
    public ZssrSettings Settings { get; init; } = DefaultSettings;

    /// <summary>How the pictures are shrunk.</summary>
    public ShrinkingKind Shrinking { get; init; } = ShrinkingKind.Bicubic;

    /// <summary>The share of the pairs that come from drawings, 0 to 1; the rest comes from the user's pictures.</summary>
    public double DrawnShare { get; init; } = 1;

    /// <summary>Rows and columns of a drawing, 16 to 4096.</summary>
    public int DrawingSide { get; init; } = 256;

    /// <summary>How many drawings there are at a time, 1 to 1000.</summary>
    public int Drawings { get; init; } = 64;

    /// <summary>After how many pairs the oldest drawing is replaced by a new one, 1 or more.</summary>
    public int PairsPerDrawing { get; init; } = 400;

    /// <summary>Of meta-training: how many steps of gradient descent adapt the network to a picture, 0 to 20; 0 trains as usual.</summary>
    public int InnerSteps { get; init; }

    /// <summary>Of meta-training: the rate of these steps, above 0, at most 10.</summary>
    public double InnerRate { get; init; } = 0.01;

    /// <summary>By how much the network learns to enlarge: in the sub-pixel form by whole numbers, otherwise by the scale asked for.</summary>
    internal Scale LearnedScale =>
        Settings.NetworkEnlargement == WholeScale.One ? Settings.Scales[0] : Settings.NetworkEnlargement.ToScale();

    /// <summary>The recipe as JSON; equal recipes give equal text.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Shrinking,
            DrawnShare,
            DrawingSide,
            Drawings,
            PairsPerDrawing,
            InnerSteps,
            InnerRate,
            Settings = JsonDocument.Parse(Settings.ToJson()).RootElement,
        },
        Json);

    /// <exception cref="SettingsException">A value is outside its range, or the settings have several scales.</exception>
    internal void Validate(int pictures)
    {
        SettingsCheck.There("settings", Settings);
        Settings.Validate();
        SettingsCheck.Require(
            Settings.Scales.Count == 1,
            $"scale: a start is learned for one scale; {Settings.Scales.Count} were given. Learn one for each.");
        SettingsCheck.Require(
            Settings.Pairs.Recipe == PairRecipe.RandomMaps, "pairs: a start is learned from random-maps; fixed-list is of one image.");
        SettingsCheck.Defined("shrinking", Shrinking);
        SettingsCheck.Range("drawn share", DrawnShare, 0, 1);
        SettingsCheck.Range("drawing side", DrawingSide, 16, 4096);
        SettingsCheck.Range("drawings", Drawings, 1, 1000);
        SettingsCheck.Range("pairs per drawing", PairsPerDrawing, 1, int.MaxValue);
        SettingsCheck.Range("inner steps", InnerSteps, 0, 20);
        SettingsCheck.Range("inner rate", InnerRate, 1e-9, 10);
        SettingsCheck.Require(
            InnerSteps == 0 || Settings.Training is { AverageLast: 0, RatePolicy: not RatePolicyKind.SlopeTest },
            "meta: weights are not averaged there, and no error is measured for the slope test; give --average-last 0 and another policy.");
        SettingsCheck.Require(
            pictures > 0 || DrawnShare == 1, "learn: without pictures of your own all pairs come from drawings; give pictures.");
    }
}

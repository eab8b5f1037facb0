using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Zssr.Nn;

/// <summary>
/// Everything that decides the result of a run, apart from the image, the blur kernel and the device. Start from one of
/// <see cref="ZssrPresets"/> and change what you need: <c>ZssrPresets.Paper with { Seed = 2 }</c>.
/// </summary>
public sealed record ZssrSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TrainingSettings.LeaveOutMuon } },
    };

    /// <summary>The standard deviation of rounding to whole numbers of 0…255: that of numbers spread evenly over a step.</summary>
    private static readonly double Rounding = 1 / Math.Sqrt(12) / 255;

    /// <summary>Rounds of back-projection with a blur kernel: more would add to a wide one's result what rounding has left in the image.</summary>
    private const int KernelRounds = 3;

    /// <summary>The largest scale of the list, in each direction.</summary>
    public const double LargestScale = 8;

    /// <summary>The preset from which the settings come.</summary>
    public string Preset { get; init; } = "custom";

    /// <summary>The scales, one after the other: [2] doubles, [2, 2] doubles twice. 1 to 8 of them, each 1 to 8.</summary>
    public IReadOnlyList<Scale> Scales { get; init; } = [new Scale(2)];

    /// <summary>Whether each scale is reached through smaller ones, whose results become fathers; see <see cref="ScaleSchedule"/>.</summary>
    public bool Gradual { get; init; }

    /// <summary>
    /// The largest scale that is reached in one jump, 1.1 to 8: larger ones are cut into equal factors, each of which enlarges the
    /// result of the one before. Gradual steps cut at 2 in any case.
    /// </summary>
    public double LargestJump { get; init; } = LargestScale;

    /// <summary>
    /// How often the network is trained for each scale, 1 to 8: from the second time on the result before is one more image that fathers
    /// are made from, larger and better than the network alone would give, as it is made of several copies and back-projected.
    /// </summary>
    public int Passes { get; init; } = 1;

    /// <summary>
    /// Whether the network goes on training for each further scale. Otherwise it is trained once, for the first, and used for all.
    /// </summary>
    public bool TrainsEachScale { get; init; } = true;

    /// <summary>The value of white inside the network: 1, or 255. Adam's steps are of one size, so this is more than a unit.</summary>
    public double Peak { get; init; } = 1;

    /// <summary>How images are shrunk and enlarged; a blur kernel, if there is one, takes the place of the shrinking.</summary>
    public RescalingKind Rescaling { get; init; } = RescalingKind.Imresize;

    /// <summary>Which random numbers: any number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Weights to begin with; null, and not in the JSON, for random ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NetworkStart? Start { get; init; }

    /// <summary>
    /// What the picture has come with besides being shrunk; null, and not in the JSON, where that is not asked. A run finds it out first
    /// (<see cref="DamageFinding"/>), and goes on with settings that say it instead.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DamageSettings? Damage { get; init; }

    /// <summary>Where a blur kernel puts the image's pixels on the result; null, and not in the JSON, for the middle of their blocks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KernelPlacement? KernelPlacement { get; init; }

    /// <summary>What the network looks like.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>
    /// By how much the network enlarges itself: not at all, or, in the sub-pixel form, by the least whole numbers that are enough for every
    /// jump.
    /// </summary>
    [JsonIgnore]
    public WholeScale NetworkEnlargement => ScaleJumps.EnlargementOf(this);

    /// <summary>How training pairs are made.</summary>
    public PairSettings Pairs { get; init; } = new();

    /// <summary>How the network is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>How the trained network enlarges the image.</summary>
    public InferenceSettings Inference { get; init; } = new();

    /// <summary>
    /// The settings where a blur kernel is given. It tells how the result's pixels became the input's, so the scale is reached in one jump.
    /// The paper's recipes then turn and mirror nothing, and have two rounds of back-projection. The short recipes, those with a sub-pixel
    /// network, keep their turned fathers, whose sons are made with the kernel as it is, and copies, of which a run takes those that leave the
    /// kernel unchanged. To undo a wide blur is to enlarge what rounding has left in the image, so their sons get as much noise, and rounds
    /// end where it explains the difference. A sub-pixel network, which enlarges by whole numbers, gives way to the paper's form for scales that
    /// are none.
    /// </summary>
    public ZssrSettings ForGivenKernel()
    {
        bool isShort = Network.Form == NetworkForm.SubPixel;
        bool hasWholeScales = Scales.All(scale => WholeScale.AtLeast(scale).Is(scale));
        ZssrSettings inOneJump = this with
        {
            Gradual = false,
            LargestJump = LargestScale,
            Network = isShort && !hasWholeScales ? Network with { Form = NetworkForm.GlobalResidual } : Network,
        };
        return isShort ? inOneJump.AwareOfRounding() : inOneJump with
        {
            Pairs = Pairs with { PlainShare = Pairs.PlainShare + Pairs.TurnedShare, TurnedShare = 0, Rotates = false, Mirrors = false },
            Inference = Inference with { Ensemble = 1, BackProjections = Math.Min(Inference.BackProjections, 2) },
        };
    }

    private ZssrSettings AwareOfRounding() => this with
    {
        Pairs = Pairs with { NoiseStd = Math.Max(Pairs.NoiseStd, Rounding) },
        Inference = Inference with
        {
            BackProjections = Math.Min(Inference.BackProjections, KernelRounds),
            Discrepancy = Math.Max(Inference.Discrepancy, Rounding),
        },
    };

    /// <summary>Throws where a value cannot be meant: a number out of its range, a kind that does not exist, or nothing.</summary>
    /// <exception cref="SettingsException">A value is outside its range; the message says which, and what is allowed.</exception>
    public void Validate()
    {
        SettingsCheck.There("preset", Preset);
        SettingsCheck.There("scales", Scales);
        SettingsCheck.There("network", Network);
        SettingsCheck.There("pairs", Pairs);
        SettingsCheck.There("training", Training);
        SettingsCheck.There("inference", Inference);
        SettingsCheck.Defined("rescaling", Rescaling);
        SettingsCheck.Range("number of scales", Scales.Count, 1, 8);
        foreach (Scale scale in Scales)
        {
            SettingsCheck.Range("scale", scale.Vertical, 1, LargestScale);
            SettingsCheck.Range("scale", scale.Horizontal, 1, LargestScale);
            SettingsCheck.Require(scale != Scale.One, "scale: 1 was asked for, which changes nothing; at least one side must grow.");
        }

        SettingsCheck.Range("largest jump", LargestJump, 1.1, LargestScale);
        SettingsCheck.Range("passes", Passes, 1, 8);
        SettingsCheck.Require(
            Passes == 1 || TrainsEachScale, $"passes: {Passes} were asked for, but --train-each-scale is off; turn it on, or give 1.");
        SettingsCheck.Require(
            !Gradual || TrainsEachScale, "gradual: each step trains on the results of those before, but --train-each-scale is off; turn it on.");
        SettingsCheck.Require(
            Pairs.Recipe == PairRecipe.RandomMaps || (Passes == 1 && !Gradual),
            "pairs: the fixed list is made from the image alone, so --passes and --gradual gain nothing; take random-maps.");
        SettingsCheck.Require(
            Network.Form != NetworkForm.SubPixel || Rescaling == RescalingKind.Imresize,
            $"network: sub-pixel puts each pixel where {nameof(RescalingKind.Imresize)} has it, but --rescaling is {Rescaling}; "
            + "take imresize, or another network.");
        SettingsCheck.Require(Peak is 1 or 255, $"peak: {Peak} was asked for; white is 1 or 255.");
        Damage?.Validate();
        Network.Validate();
        Pairs.Validate();
        Training.Validate();
        Inference.Validate();
    }

    /// <summary>The settings as JSON; equal settings give equal text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The settings that <see cref="ToJson"/> has written.</summary>
    /// <exception cref="SettingsException">The text is none of these, or a value is outside its range.</exception>
    public static ZssrSettings FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            ZssrSettings settings = JsonSerializer.Deserialize<ZssrSettings>(json, Json)
                ?? throw new SettingsException("settings: the JSON is null; an object was expected.");
            settings.Validate();
            return settings;
        }
        catch (JsonException failure)
        {
            throw new SettingsException($"settings: the JSON cannot be read: {failure.Message}");
        }
    }
}

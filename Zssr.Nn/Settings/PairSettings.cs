using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>The two ways in which training pairs are made from the image.</summary>
public enum PairRecipe
{
    /// <summary>The article's: a fixed list of turned, mirrored and shrunk images with their sons; see <see cref="ArticlePairs"/>.</summary>
    FixedList,

    /// <summary>The paper's: every iteration draws a crop, often through a random affine map; see <see cref="PaperPairs"/>.</summary>
    RandomMaps,
}

/// <summary>How training pairs (son and father) are made.</summary>
public sealed record PairSettings
{
    internal const double SmallestFatherScale = 0.1;

    private static readonly IReadOnlyList<double> WholeFathers = [1.0];

    /// <summary>Which recipe.</summary>
    public PairRecipe Recipe { get; init; } = PairRecipe.RandomMaps;

    /// <summary>Rows and columns of a father at most, in pixels, 4 to 4096. Smaller images are used whole.</summary>
    public int CropSize { get; init; } = 128;

    /// <summary>
    /// Whether crops are drawn where the image has detail: the middle of a crop is a pixel drawn with a probability in proportion to the
    /// <see cref="GradientMagnitude"/>, as far as the borders allow. Otherwise all places are alike.
    /// </summary>
    public bool DetailCrops { get; init; }

    /// <summary>Standard deviation of the Gaussian noise on sons, with values 0…1; 0 to 1.</summary>
    public double NoiseStd { get; init; }

    /// <summary>
    /// More noise on sons, for each channel its own, which may depend on the value; as many as the image has channels. Null, and not in the
    /// JSON, for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NoiseLevel>? ChannelNoise { get; init; }

    /// <summary>
    /// How sons are compressed after the noise, each with its blocks elsewhere (<see cref="JpegDamage"/>). Null, and not in the JSON, for not
    /// at all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JpegCompression? Compression { get; init; }

    /// <summary>Of the fixed list: the image itself, and how often it is halved for more fathers: 3 means factors 1, 2, 4. 1 to 6.</summary>
    public int Levels { get; init; } = 3;

    /// <summary>Of the fixed list: how likely a father of one level is, relative to one of the level before; above 0, at most 1.</summary>
    public double LevelWeight { get; init; } = 0.5;

    /// <summary>Of random maps: the share of fathers that are cropped and nothing else. The three shares together are 1.</summary>
    public double PlainShare { get; init; } = 0.05;

    /// <summary>Of random maps: the share of fathers that are turned by quarters and mirrored. The rest goes through an affine map.</summary>
    public double TurnedShare { get; init; } = 0.45;

    /// <summary>
    /// Of random maps: the scales of the images that plain and turned fathers are cropped from, 1 to 8 of them, each 0.1 to 1, all as
    /// likely. [1] takes the image as it is; [1, 0.7] as often the image shrunk to 0.7 of its rows and columns (bicubic, antialiased).
    /// </summary>
    public IReadOnlyList<double> FatherScales { get; init; } = WholeFathers;

    /// <summary>Of random maps: the smallest scale of an affine map, above 0, at most 1; the largest is that of the largest father.</summary>
    public double SmallestScale { get; init; } = 0.5;

    /// <summary>Of random maps: the standard deviation of the difference between horizontal and vertical scale, 0 to 0.5.</summary>
    public double ScaleDifference { get; init; } = 0.25;

    /// <summary>Of random maps: the standard deviation of the shear in each direction, 0 to 0.3.</summary>
    public double Shear { get; init; } = 0.1;

    /// <summary>Of random maps: whether affine maps turn by a random angle.</summary>
    public bool Rotates { get; init; } = true;

    /// <summary>Of random maps: whether half of the affine maps mirror.</summary>
    public bool Mirrors { get; init; } = true;

    internal void Validate()
    {
        SettingsCheck.Defined("pairs", Recipe);
        SettingsCheck.There("father scales", FatherScales);
        SettingsCheck.Range("crop", CropSize, 4, 4096);
        SettingsCheck.Range("noise-std", NoiseStd, 0, 1);
        SettingsCheck.Range("levels", Levels, 1, 6);
        SettingsCheck.Range("level weight", LevelWeight, 1e-3, 1);
        SettingsCheck.Range("plain share", PlainShare, 0, 1);
        SettingsCheck.Range("turned share", TurnedShare, 0, 1);
        SettingsCheck.Require(
            PlainShare + TurnedShare <= 1 + 1e-12,
            $"plain share {PlainShare} and turned share {TurnedShare} exceed 1 together; lower one of them.");
        SettingsCheck.Range("number of father scales", FatherScales.Count, 1, 8);
        foreach (double scale in FatherScales)
            SettingsCheck.Range("father scale", scale, SmallestFatherScale, 1);
        SettingsCheck.Range("smallest scale", SmallestScale, 0.05, 1);
        SettingsCheck.Range("scale difference", ScaleDifference, 0, 0.5);
        SettingsCheck.Range("shear", Shear, 0, 0.3);
        foreach (NoiseLevel level in ChannelNoise ?? [])
        {
            SettingsCheck.Range("noise", level.Constant, -1, 1);
            SettingsCheck.Range("slope of the noise", level.Slope, -1, 1);
        }

        if (Compression is not null)
            Validate(Compression);
    }

    private static void Validate(JpegCompression compression)
    {
        const int Steps = JpegCompression.Steps;
        foreach (IReadOnlyList<int> table in new[] { compression.Luma, compression.BlueDifference, compression.RedDifference })
        {
            SettingsCheck.There("JPEG steps", table);
            SettingsCheck.Require(table.Count == Steps, $"JPEG steps: {table.Count} were given; a table has {Steps}.");
            foreach (int step in table)
                SettingsCheck.Range("JPEG step", step, 1, ushort.MaxValue);
        }

        foreach (int factor in new[] { compression.Down, compression.Across })
            SettingsCheck.Require(factor is 1 or 2 or 4, $"JPEG subsampling: {factor} was asked for; 1, 2 or 4 are possible.");
    }
}

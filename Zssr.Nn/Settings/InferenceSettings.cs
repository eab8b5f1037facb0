using System.Text.Json.Serialization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>How the trained network enlarges the image.</summary>
public sealed record InferenceSettings
{
    /// <summary>
    /// How many turned and mirrored copies of the image the network sees: 1, 8 (all symmetries of the square), or 12 (the article's list,
    /// in which four occur twice).
    /// </summary>
    public int Ensemble { get; init; } = 8;

    /// <summary>How the median of an even number of copies is taken.</summary>
    public MedianKind Median { get; init; } = MedianKind.MeanOfMiddle;

    /// <summary>Rounds of back-projection at the end, 0 to 1000; see <see cref="BackProjection"/>.</summary>
    public int BackProjections { get; init; } = 10;

    /// <summary>Whether each copy is back-projected by as many rounds before the median too.</summary>
    public bool BackProjectCopies { get; init; } = true;

    /// <summary>α, how much of the difference a round adds; above 0, at most 2.</summary>
    public double BackProjectionStep { get; init; } = 1;

    /// <summary>
    /// The root mean square of the difference that the image's own noise explains, with values 0…1: where the shrunk result is as near to
    /// the image, the rounds at the end are over (Morozov's discrepancy principle). 0, and not in the JSON, for all rounds.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Discrepancy { get; init; }

    internal void Validate()
    {
        SettingsCheck.Require(Ensemble is 1 or 8 or 12, $"ensemble: {Ensemble} was asked for; 1, 8 or 12 copies are possible.");
        SettingsCheck.Range("back-projection", BackProjections, 0, 1000);
        SettingsCheck.Range("back-projection step", BackProjectionStep, 1e-6, 2);
        SettingsCheck.Range("discrepancy", Discrepancy, 0, 1);
    }
}

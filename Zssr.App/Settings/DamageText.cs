using Zssr.Nn;

namespace Zssr.App.Settings;

/// <summary>What is asked about a picture's damage as text: <c>auto</c>, <c>off</c>, or a number.</summary>
internal static class DamageText
{
    private const string Auto = "auto", Off = "off";

    public static string ShowNoise(DamageSettings? damage) => damage switch
    {
        { EstimatesNoise: true } => Auto,
        null or { NoiseStd: 0 } => Off,
        _ => SettingText.Show(damage.NoiseStd),
    };

    public static string ShowQuality(DamageSettings? damage) => damage switch
    {
        { FindsCompression: true } => Auto,
        null or { JpegQuality: 0 } => Off,
        _ => SettingText.Show(damage.JpegQuality),
    };

    /// <exception cref="FormatException">The text is none of the three.</exception>
    public static DamageSettings? WithNoise(DamageSettings? damage, string text) => OrNull((damage ?? new()) with
    {
        EstimatesNoise = Is(text, Auto),
        NoiseStd = Is(text, Auto) || Is(text, Off) ? 0
            : SettingText.TryNumber(text, out double value) ? value : throw new FormatException("auto, off or a number is needed, such as 5/255."),
    });

    /// <exception cref="FormatException">The text is none of the three.</exception>
    public static DamageSettings? WithQuality(DamageSettings? damage, string text) => OrNull((damage ?? new()) with
    {
        FindsCompression = Is(text, Auto),
        JpegQuality = Is(text, Auto) || Is(text, Off) ? 0
            : int.TryParse(text, out int value) && value > 0 ? value : throw new FormatException("auto, off or a whole number 1 to 100 is needed."),
    });

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where nothing is asked, the settings are the same as those that cannot ask.</summary>
    private static DamageSettings? OrNull(DamageSettings damage) => damage == new DamageSettings() ? null : damage;
}

using System.Globalization;
using Zssr.Nn;

namespace Zssr.App.Settings;

/// <summary>
/// Scales as text: <c>2</c>, <c>1.5</c> and <c>4/3</c> for both directions, <c>2x3</c> for vertical × horizontal, and lists
/// such as <c>2,1.5x2</c>.
/// </summary>
internal static class ScaleText
{
    /// <summary>The smallest scale unless told otherwise: nothing changes.</summary>
    public const double Smallest = 1;

    /// <summary>The largest: 256 pixels from one.</summary>
    public const double Largest = 16;

    /// <summary>Reads one scale.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="smallest">The smallest that is allowed, in each direction.</param>
    /// <param name="scale">The scale, where the result is true.</param>
    /// <param name="error">What is wrong with the text, and what is right, where the result is false.</param>
    /// <param name="largest">The largest that is allowed, in each direction.</param>
    public static bool TryParse(string text, double smallest, out Scale scale, out string error, double largest = Largest)
    {
        (scale, error) = (default, "");
        string[] parts = text.Split('x', 'X', '×');
        if (text.Contains(',', StringComparison.Ordinal))
            error = $"'{text}' has a comma; one scale is taken here, with a point in fractions, as in 1.5.";
        else if (parts.Length > 2)
            error = $"'{text}' has more than two parts; vertical x horizontal is meant, as in 2x3.";
        else if (TryParseNumber(parts[0], smallest, largest, out double vertical)
            && TryParseNumber(parts[^1], smallest, largest, out double horizontal))
            scale = new Scale(vertical, horizontal);
        else
            error = $"'{text}' is not a scale; examples are 2, 1.5, 4/3 and 2x3, from {smallest:0.####} to {largest:0.####}.";
        return error.Length == 0;
    }

    /// <summary>Reads the scales of a run with commas between, at least one.</summary>
    /// <exception cref="FormatException">One of them is no scale.</exception>
    public static IReadOnlyList<Scale> ParseList(string text) =>
    [
        .. text.Split(',').Select(part =>
            TryParse(part.Trim(), Smallest, out Scale scale, out string error, ZssrSettings.LargestScale)
                ? scale : throw new FormatException(error)),
    ];

    private static bool TryParseNumber(string text, double smallest, double largest, out double number) =>
        SettingText.TryNumber(text, out number, NumberStyles.AllowDecimalPoint)
        && number >= smallest && number <= largest;
}

using System.Globalization;

namespace Zssr.App.Settings;

/// <summary>Values of settings as text. What cannot be read is a <see cref="FormatException"/> that says what is wanted.</summary>
internal static class SettingText
{
    /// <summary>A number, or a fraction such as <c>5/255</c>.</summary>
    public static double Number(string text) =>
        TryNumber(text, out double value) ? value : throw new FormatException("a number is needed, such as 0.02 or 5/255.");

    /// <summary>The same without an exception.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="value">The finite number, where the result is true.</param>
    /// <param name="style">How a number may be written, or the two of a fraction.</param>
    public static bool TryNumber(string text, out double value, NumberStyles style = NumberStyles.Float)
    {
        string[] parts = text.Split('/');
        (double numerator, double denominator) = (0, 1);
        bool isNumber = parts.Length <= 2 && double.TryParse(parts[0], style, CultureInfo.InvariantCulture, out numerator)
            && (parts.Length == 1 || double.TryParse(parts[1], style, CultureInfo.InvariantCulture, out denominator));
        value = numerator / denominator;
        return isNumber && double.IsFinite(value);
    }

    /// <summary>Numbers with commas between.</summary>
    public static IReadOnlyList<double> Numbers(string text) => [.. text.Split(',').Select(part => Number(part.Trim()))];

    public static int Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value : throw new FormatException("a whole number is needed, within ±2147483647.");

    public static ulong Seed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value : throw new FormatException("a whole number of 0 or more is needed.");

    public static bool Switch(string text) => text.ToUpperInvariant() switch
    {
        "ON" => true,
        "OFF" => false,
        _ => throw new FormatException("on or off is needed."),
    };

    /// <summary>One of an enumeration's names, written with dashes: <c>slope-test</c>.</summary>
    public static T Name<T>(string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Show(value).Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        throw new FormatException($"{Names<T>(" or ")} is needed.");
    }

    /// <summary>All names of an enumeration.</summary>
    public static string Names<T>(string separator)
        where T : struct, Enum => string.Join(separator, Enum.GetValues<T>().Select(Show));

    public static string Show<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, i) => (i > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    /// <summary>The number in its shortest form, or as a fraction of 255 where that is shorter: noise is often given so.</summary>
    public static string Show(double value)
    {
        string plain = value.ToString(value != 0 && Math.Abs(value) < 1e-3 ? "0.####e+0" : "0.####", CultureInfo.InvariantCulture);
        if (Math.Abs(double.Parse(plain, CultureInfo.InvariantCulture) - value) <= 1e-9 * Math.Abs(value))
            return plain;
        double levels = value * 255;
        return Math.Abs(levels - Math.Round(levels)) < 1e-9
            ? string.Create(CultureInfo.InvariantCulture, $"{levels:F0}/255") : value.ToString("R", CultureInfo.InvariantCulture);
    }

    public static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Show(bool value) => value ? "on" : "off";
}

using System.Globalization;

namespace Zssr.Nn;

/// <summary>A setting is outside its range. The message says what was asked for and what is allowed.</summary>
public sealed class SettingsException(string message) : ArgumentException(OneLine.Of(message));

/// <summary>The checks of settings.</summary>
internal static class SettingsCheck
{
    /// <summary>The value must lie in [low, high]; NaN does not.</summary>
    public static void Range(string name, double value, double low, double high) => Require(
        value >= low && value <= high,
        string.Create(CultureInfo.InvariantCulture, $"{name}: {value} was asked for; allowed is {low} to {high}."));

    /// <summary>The value must be one that its enum names.</summary>
    public static void Defined<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Require(
        Enum.IsDefined(value), $"{name}: {value} was asked for; there are {string.Join(", ", Enum.GetNames<TEnum>())}.");

    /// <summary>There must be something.</summary>
    public static void There(string name, object? value) =>
        Require(value is not null, $"{name}: null was given. Leave it out to take the default.");

    /// <summary>The rule must hold.</summary>
    public static void Require(bool holds, string message)
    {
        if (!holds)
            throw new SettingsException(message);
    }
}

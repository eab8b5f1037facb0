using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Zssr.App.Settings;

namespace Zssr.App.Options;

/// <summary>Options that take a number, and say which numbers they take; one that need not be whole may be a fraction.</summary>
internal static class NumberOption
{
    /// <summary>An option that takes a number from <paramref name="smallest"/> to <paramref name="largest"/>.</summary>
    public static Option<T> Create<T>(string name, string description, T smallest, T largest, T standard)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, name, smallest, largest) ?? default,
        };

    /// <summary>The same without a value that stands for itself: null unless it is given.</summary>
    public static Option<T?> CreateOptional<T>(string name, string description, T smallest, T largest)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = result => Parse(result, name, smallest, largest),
        };

    /// <summary>The number; null, and an error that says what is allowed, for anything else.</summary>
    private static T? Parse<T>(ArgumentResult result, string name, T smallest, T largest)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        bool isWhole = T.One / (T.One + T.One) == T.Zero;
        bool isNumber = isWhole
            ? T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) : TryFraction(text, out number);
        if (isNumber && number >= smallest && number <= largest)
            return number;
        string kind = isWhole ? "a whole number" : "a number";
        result.AddError(
            string.Create(CultureInfo.InvariantCulture, $"{name} takes {kind} from {smallest} to {largest}; '{text}' is not one."));
        return null;
    }

    /// <summary>Reads a number, or a fraction such as <c>5/255</c>.</summary>
    private static bool TryFraction<T>(string text, out T number)
        where T : struct, INumber<T>
    {
        bool isNumber = SettingText.TryNumber(text, out double value);
        number = isNumber ? T.CreateChecked(value) : default;
        return isNumber;
    }
}

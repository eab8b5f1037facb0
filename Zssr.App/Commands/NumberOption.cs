using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Zssr.App.Commands;

/// <summary>Options that take a number, and say which numbers they take.</summary>
internal static class NumberOption
{
    /// <summary>An option that takes a number from <paramref name="smallest"/> to <paramref name="largest"/>.</summary>
    public static Option<T> Create<T>(string name, string description, T smallest, T largest, T standard)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, name, smallest, largest) ?? default,
        };

    /// <summary>The same without a value that stands for itself: null unless it is given.</summary>
    public static Option<T?> CreateOptional<T>(string name, string description, T smallest, T largest)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => Parse(result, name, smallest, largest),
        };

    /// <summary>The number; null, and an error that says what is allowed, for anything else.</summary>
    private static T? Parse<T>(ArgumentResult result, string name, T smallest, T largest)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        bool isNumber = T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number);
        // Written so that NaN is refused.
        if (isNumber && number >= smallest && number <= largest)
            return number;
        string kind = T.One / (T.One + T.One) == T.Zero ? "a whole number" : "a number";
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes {kind} from {smallest} to {largest}; '{text}' is none."));
        return null;
    }
}

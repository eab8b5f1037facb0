using System.CommandLine;
using System.CommandLine.Parsing;

namespace Zssr.App.Options;

/// <summary>Options that take one of a few words, and say which.</summary>
internal static class ChoiceOption
{
    /// <summary>An option that takes one of the choices, in upper or lower case; <paramref name="standard"/> unless it is given.</summary>
    public static Option<string> Create(string name, string description, string standard, params string[] choices) =>
        Add(choices, new Option<string>(name)
        {
            Description = description,
            HelpName = "NAME",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, name, choices)!,
        });

    /// <summary>The same without a choice that stands for itself: null unless it is given.</summary>
    public static Option<string?> CreateOptional(string name, string description, params string[] choices) =>
        Add(choices, new Option<string?>(name)
        {
            Description = description,
            HelpName = "NAME",
            CustomParser = result => Parse(result, name, choices),
        });

    /// <summary>For shells that ask the program how a command line can go on.</summary>
    private static Option<T> Add<T>(string[] choices, Option<T> option)
    {
        option.CompletionSources.Add(choices);
        return option;
    }

    /// <summary>The choice as it is written here; null, and an error that says what is allowed, for anything else.</summary>
    private static string? Parse(ArgumentResult result, string name, string[] choices)
    {
        string text = result.Tokens[0].Value;
        if (Array.Find(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        string none = choices.Length == 2 ? "neither" : "not one of them";
        result.AddError($"{name} takes {string.Join(", ", choices[..^1])} or {choices[^1]}; '{text}' is {none}.");
        return null;
    }
}

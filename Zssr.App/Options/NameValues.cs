using System.CommandLine;
using System.CommandLine.Parsing;
using Zssr.App.Files;

namespace Zssr.App.Options;

/// <summary>Refuses values that are no names: an unset variable of a shell script gives an empty one, and not all bytes are text.</summary>
internal static class NameValues
{
    /// <summary>What options and arguments that take a file or folder call it in help.</summary>
    private static readonly string[] Files = ["FILE", "OUT", "DIR", "FOLDER", "IMAGE", "KERNEL"];

    /// <summary>An error for each; none where there is nothing to refuse.</summary>
    /// <param name="parsed">What the arguments were taken for.</param>
    /// <param name="arguments">The command line.</param>
    public static IEnumerable<string> Errors(ParseResult parsed, IEnumerable<string> arguments)
    {
        foreach (string argument in arguments.Where(FileName.IsGarbled))
            yield return $"'{argument}' cannot be used: {FileName.Garbled}";
        if (FileName.IsGarbled(Environment.CurrentDirectory))
            yield return $"the working folder {Environment.CurrentDirectory} cannot be used: {FileName.Garbled}";
        foreach (SymbolResult symbol in parsed.CommandResult.Children)
        {
            (string name, bool takesText, bool isFile) = symbol switch
            {
                OptionResult { Option: var option } => (option.Name, IsText(option.ValueType), Files.Contains(option.HelpName)),
                ArgumentResult { Argument: var argument } => (argument.Name, IsText(argument.ValueType), true),
                _ => ("", false, false),
            };
            if (takesText && symbol.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                yield return $"{name}: an empty {(isFile ? "name" : "value")} was given.";
        }
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);
}

using System.CommandLine;

namespace Zssr.App.Options;

/// <summary>Refuses values of options that take none, as in <c>--json=yes</c>: the parser takes them for arguments.</summary>
internal static class FlagValues
{
    /// <summary>An error for each; none where there is nothing to refuse.</summary>
    /// <param name="parsed">What the arguments were taken for.</param>
    /// <param name="arguments">The command line.</param>
    public static IEnumerable<string> Errors(ParseResult parsed, IEnumerable<string> arguments)
    {
        HashSet<string> flags = [.. Flags(parsed.CommandResult.Command).SelectMany(flag => flag.Aliases.Prepend(flag.Name))];
        foreach (string argument in arguments.TakeWhile(argument => argument != "--"))
        {
            int end = argument.AsSpan().IndexOfAny('=', ':');
            if (end > 0 && flags.Contains(argument[..end]))
                yield return $"{argument[..end]} takes no value; '{argument[(end + 1)..]}' was given.";
        }
    }

    private static IEnumerable<Option> Flags(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Flags)).Where(option => option.ValueType == typeof(bool));
}

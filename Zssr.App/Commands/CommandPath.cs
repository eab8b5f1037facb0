using System.CommandLine;
using System.CommandLine.Parsing;

namespace Zssr.App.Commands;

/// <summary>The name of a command as it is typed after <c>zssr</c>: a command of a command has two words.</summary>
internal static class CommandPath
{
    /// <summary>Such as <c>upscale</c> or <c>bench step</c>; empty for the program itself.</summary>
    public static string Of(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names);
    }
}

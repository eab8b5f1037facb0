using System.CommandLine;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Options;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary>Reads the command line, runs the command that it names, and tells errors.</summary>
internal static class CommandLine
{
    /// <summary>On every command: tell errors with their trace.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Print more: each epoch's loss, and the stack trace of an error.",
        Recursive = true,
    };

    /// <summary>The first ones say enough: the others often follow from them.</summary>
    private const int MostErrors = 3;

    /// <summary>A name that begins with @ is a name: no file's content becomes arguments.</summary>
    private static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>Parses and runs a command. A failure is told in one line; wrong usage in one, and one that points to help.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        HelpNotes.AddTo(root);
        ParseResult parsed = root.Parse(args, Parsing);
        string[] errors = [.. FlagValues.Errors(parsed, args), .. NameValues.Errors(parsed, args)];
        if (errors.Length == 0)
            errors = [.. parsed.Errors.Select(error => error.Message).Distinct()];
        if (errors.Length > 0)
        {
            string more = errors.Length > MostErrors ? $" And {errors.Length - MostErrors} more errors." : "";
            Console.Error.WriteLine($"zssr: {OneLine.Of(string.Join(' ', errors.Take(MostErrors)) + more)}");
            Console.Error.WriteLine($"Try: {$"zssr {CommandPath.Of(parsed)}".TrimEnd()} --help");
            return ExitCodes.WrongUsage;
        }

        using var limit = new FileSizeLimit();
        try
        {
            // Commands that can be interrupted see to it themselves.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception failure)
        {
            UserErrors.Print(failure, parsed.GetValue(Verbose));
            return UserErrors.ExitCode(failure);
        }
    }
}

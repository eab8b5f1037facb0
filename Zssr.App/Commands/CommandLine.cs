using System.CommandLine;
using Zssr.App.Files;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary>What all commands share: exit codes and how errors are told.</summary>
internal static class CommandLine
{
    /// <summary>Everything asked for was done.</summary>
    public const int Success = 0;

    /// <summary>Something failed.</summary>
    public const int Failure = 1;

    /// <summary>The command was not understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>The user pressed Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>The terminal was closed (SIGHUP).</summary>
    public const int HungUp = 129;

    /// <summary>The system asked the program to end (SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>On every command: tell errors with their trace.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Print more: each epoch's loss, and the stack trace of an error.",
        Recursive = true,
    };

    /// <summary>A name that begins with @ is a name: no file's content becomes arguments.</summary>
    private static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>Parses and runs a command. Failures are told in a plain line or two.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        HelpNotes.AddTo(root);
        ParseResult parsed = root.Parse(args, Parsing);
        string[] errors = [.. FlagValues.Errors(parsed, args)];
        if (errors.Length == 0)
            errors = [.. parsed.Errors.Select(error => error.Message)];
        if (errors.Length > 0)
        {
            foreach (string error in errors)
                Console.Error.WriteLine($"zssr: {OneLine.Of(error)}");
            Console.Error.WriteLine($"Try: {$"zssr {CommandPath.Of(parsed)}".TrimEnd()} --help");
            return WrongUsage;
        }

        using var limit = new FileSizeLimit();
        try
        {
            // Commands that can be interrupted see to it themselves.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception failure)
        {
            UserErrors.Print(failure, parsed.GetValue(Verbose));
            return UserErrors.ExitCode(failure);
        }
    }
}

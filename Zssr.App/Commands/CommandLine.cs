using System.CommandLine;
using Zssr.App.Files;
using Zssr.Tensors;

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

    /// <summary>Parses and runs a command. Failures that a user can do something about are told in plain words.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine($"zssr: {error.Message}");
            Console.Error.WriteLine("Try: zssr --help");
            return WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is DeviceException or FileException or ShapeException)
        {
            Console.Error.WriteLine($"zssr: {failure.Message}");
            return Failure;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }
}

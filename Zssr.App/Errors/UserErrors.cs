using Zssr.App.Files;
using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.App.Errors;

/// <summary>Failures whose messages are written for the user, and the exit code that goes with each.</summary>
internal static class UserErrors
{
    /// <summary>Whether the message tells the user what to do; all others are mistakes of the program.</summary>
    public static bool IsKnown(Exception failure) =>
        failure is FileException or DeviceException or SettingsException or UsageException or CheckpointException or StartException
            or ShapeException or TrainingDivergedException or TrainingCollapsedException or TracingException;

    /// <summary>Wrong usage for values that cannot be meant, failure for all else.</summary>
    public static int ExitCode(Exception failure) =>
        failure is SettingsException or UsageException or TracingException ? ExitCodes.WrongUsage : ExitCodes.Failure;

    /// <summary>One line for the user.</summary>
    public static string Message(Exception failure) => failure switch
    {
        OutOfMemoryException => "there is not enough memory. Give a smaller image, a smaller scale, or a smaller --width.",
        _ when IsKnown(failure) => OneLine.Of(failure.Message),
        _ => $"an unexpected error, {failure.GetType().Name}: {OneLine.Of(failure.Message)} "
            + "Run again with --verbose to see where, and report it.",
    };

    /// <summary>Tells the failure on standard error.</summary>
    public static void Print(Exception failure, bool verbose)
    {
        Console.Error.WriteLine($"zssr: {Message(failure)}");
        if (verbose)
            Console.Error.WriteLine(failure);
    }
}

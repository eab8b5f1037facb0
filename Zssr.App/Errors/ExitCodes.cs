namespace Zssr.App.Errors;

/// <summary>How the program ends, for scripts that run it.</summary>
internal static class ExitCodes
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
}

using System.Runtime.InteropServices;
using Zssr.App.Errors;

namespace Zssr.App.Commands;

/// <summary>
/// Turns Ctrl-C, the system's request to end, and a closed terminal, into a cancellation, so that work can stop in order. Work that does
/// not stop in time is left where it is, and so it is at a second Ctrl-C: every file is whole or not there at any moment, so nothing but
/// time is lost.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long work may take to stop in order; the whole program is to end within 2 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource _source = new();
    private readonly Timer _deadline;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _hangUp;
    private readonly string _advice;

    /// <summary>Listens from now on.</summary>
    /// <param name="advice">A sentence for the case that work does not stop in time: how to go on. Or none.</param>
    public Interruption(string advice = "")
    {
        _advice = advice;
        _deadline = new Timer(_ => LeaveWork());
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of an interrupted program: 128 and the signal's number, as shells have it.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp.Dispose();
        _deadline.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        if (_source.IsCancellationRequested)
        {
            RestoreTerminal();
            return; // the system ends the program
        }

        signal.Cancel = true; // the program goes on, to its own end
        ExitCode = signal.Signal switch
        {
            PosixSignal.SIGTERM => ExitCodes.Terminated,
            PosixSignal.SIGHUP => ExitCodes.HungUp,
            _ => ExitCodes.Interrupted,
        };
        _deadline.Change(Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void LeaveWork()
    {
        RestoreTerminal();
        Console.Error.WriteLine(
            $"zssr: interrupted in the middle of a long operation. The files that were written are complete. {_advice}".TrimEnd());
        Environment.Exit(ExitCode);
    }

    /// <summary>Bars hide the cursor, and do not get to show it again.</summary>
    private static void RestoreTerminal()
    {
        if (!Console.IsErrorRedirected && !OperatingSystem.IsWindows())
            Console.Error.Write(ShowCursor);
    }
}

using System.Runtime.InteropServices;

namespace Zssr.App.Files;

/// <summary>
/// A process that writes more into a file than it may (<c>ulimit -f</c>) gets the signal SIGXFSZ, which ends it without a word. While this
/// object lives the signal is passed over, and the writing fails like any other.
/// </summary>
internal sealed class FileSizeLimit : IDisposable
{
    /// <summary>Its number on Linux and macOS; .NET has no name for it.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private readonly PosixSignalRegistration? _registration =
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);

    public void Dispose() => _registration?.Dispose();
}

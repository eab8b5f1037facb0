using System.Globalization;
using System.Runtime.InteropServices;

namespace Zssr.Tests.App;

/// <summary>
/// Signals that this process was started to ignore. A program inherits them, and one that was started by nohup, or by a shell in the
/// background, would not hear those that tests send to it.
/// </summary>
internal static partial class IgnoredSignals
{
    private const int Default = 0, Ignored = 1; // SIG_DFL, SIG_IGN

    /// <summary>Ends what this process was told to ignore of HUP, INT, QUIT and TERM, for it and for the programs that it starts.</summary>
    public static void HearAgain()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (int signal in new[] { 1, 2, 3, 15 }.Where(IsIgnored))
            _ = SetHandler(signal, Default);
    }

    /// <summary>Makes this process ignore a signal.</summary>
    public static void Ignore(int signal) => SetHandler(signal, Ignored);

    /// <summary>Whether it does. Bit s − 1 of the line SigIgn, in hexadecimal, is for signal s.</summary>
    public static bool IsIgnored(int signal)
    {
        const string Name = "SigIgn:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        ulong ignored = ulong.Parse(
            line[Name.Length..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        return (ignored >> (signal - 1) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Zssr.Tests.App;

/// <summary>
/// Signals that this process was started to ignore. A program inherits them, and one that was started by nohup, or by a shell in the
/// background, would not hear those that tests send to it.
/// </summary>
internal static partial class IgnoredSignals
{
    private const int Default = 0; // SIG_DFL

    /// <summary>Ends what this process was told to ignore of HUP, INT, QUIT and TERM, for it and for the programs that it starts.</summary>
    public static void HearAgain()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (int signal in new[] { 1, 2, 3, 15 }.Where(IsIgnored))
            _ = SetHandler(signal, Default);
    }

    /// <summary>Bit s − 1 of the line SigIgn, in hexadecimal, is for signal s.</summary>
    private static bool IsIgnored(int signal)
    {
        const string Name = "SigIgn:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return (ulong.Parse(line[Name.Length..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}

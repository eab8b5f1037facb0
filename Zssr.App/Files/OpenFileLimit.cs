using System.Runtime.InteropServices;

namespace Zssr.App.Files;

/// <summary>How many files this process may have open at once (<c>ulimit -n</c>): without enough, nothing works, .NET itself included.</summary>
/// <remarks>
/// .NET opens a file for each of its parts when it first needs it, so this is asked before any other part is needed, and told without the
/// console, which is one. With fewer than about 25, .NET does not come as far as this.
/// </remarks>
internal static unsafe partial class OpenFileLimit
{
    /// <summary>An enlargement on the processor takes about 100, a driver of a graphics processor some more.</summary>
    public const ulong Least = 256;

    private const int ErrorStream = 2;

    /// <summary>Says on standard error that there are too few, if so.</summary>
    /// <returns>Whether there are enough.</returns>
    public static bool Suffices()
    {
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            ulong* limits = stackalloc ulong[2]; // struct rlimit: the one that holds, and the most that it can be set to
            if (Ask(OperatingSystem.IsMacOS() ? 8 : 7, limits) != 0 || limits[0] >= Least)
                return true;
            Say("zssr: this process may have only " + limits[0].ToString() + " files open at once (ulimit -n), and the program needs "
                + Least.ToString() + ". Allow more in the same shell before: ulimit -n 1024\n");
            return false;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return true; // a C library of another name: nothing is known
        }
    }

    /// <summary>Letter by letter, for encodings are a part of .NET, too; the text is plain ASCII.</summary>
    private static void Say(string text)
    {
        byte* bytes = stackalloc byte[text.Length];
        for (int i = 0; i < text.Length; i++)
            bytes[i] = (byte)text[i];
        _ = Write(ErrorStream, bytes, (nuint)text.Length);
    }

    /// <summary>getrlimit (2); RLIMIT_NOFILE is 7 on Linux and 8 on macOS.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int Ask(int resource, ulong* limits);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, byte* bytes, nuint count);
}

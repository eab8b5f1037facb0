using System.Text;

namespace Zssr.App.Files;

/// <summary>Names that no file can have, or that this program cannot write down.</summary>
internal static class FileName
{
    /// <summary>What .NET puts for bytes that are not UTF-8.</summary>
    private const char Replacement = '\ufffd';

    /// <summary>The longest name of one file or folder, in bytes (on Windows: in letters), on all usual file systems.</summary>
    private const int Longest = 255;

    /// <summary>Why a file of such a name is neither read nor written.</summary>
    public const string Garbled = "its name is not UTF-8, and would become another one. Rename it, or the folder that it is in.";

    /// <summary>Whether parts of a name were lost when it came to this program. A file that has such letters in its name can be found.</summary>
    public static bool IsGarbled(string path) => path.Contains(Replacement, StringComparison.Ordinal) && !Path.Exists(path);

    /// <summary>Why a path is too long for any file; null where it is not.</summary>
    public static string? TooLong(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        int length = OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name);
        if (length > Longest)
            return $"the name has {length} bytes, and names have at most {Longest}. Shorten it.";
        return FileStatus.IsTooLong(path) ? "the path is too long for the system. Shorten it." : null;
    }
}

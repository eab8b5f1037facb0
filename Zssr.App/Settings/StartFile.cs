using Zssr.App.Files;
using Zssr.Nn;

namespace Zssr.App.Settings;

/// <summary>The start that <c>--start</c> names: none, one that is built in, or a file.</summary>
internal static class StartFile
{
    /// <summary>The word for random weights.</summary>
    public const string None = "none";

    /// <summary>The longest file that is read, in bytes: far more than any network of these settings has.</summary>
    private const long LongestFile = 256L << 20;

    /// <summary>Reads it; null for <see cref="None"/>.</summary>
    /// <exception cref="FileException">There is no such file, it cannot be read, or it is no start.</exception>
    public static NetworkStart? Read(string text)
    {
        if (text.Equals(None, StringComparison.OrdinalIgnoreCase))
            return null;
        if (BuiltInStarts.Find(text) is { } builtIn)
            return builtIn;
        if (!File.Exists(text))
            throw new FileException(text, $"--start {text}: there is no such file, and built in are {Known}. `zssr learn` makes a file.");
        try
        {
            using FileStream stream = SourceFile.Open(text, "a start");
            if (stream.Length > LongestFile)
                throw new StartException($"start: it has {stream.Length} bytes; at most {LongestFile} are read. Is it a start?");
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return NetworkStart.Read(Path.GetFileName(text), bytes);
        }
        catch (Exception failure) when (failure is StartException or FileException or IOException or UnauthorizedAccessException)
        {
            throw new FileException(text, $"cannot read a start from {text}: {failure.Message}", failure);
        }
    }

    private static string Known => string.Join(", ", BuiltInStarts.Names.Prepend(None));
}

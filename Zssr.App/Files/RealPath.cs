namespace Zssr.App.Files;

/// <summary>Whether two names are of one file, also where links or letters of another size lead to it.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>How the file systems that a system has as a rule tell names apart.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>
    /// The path from the root, with all links on the way followed, those of its folders too; the rest of it need not exist. Links that lead
    /// nowhere, or in a circle, stay in it.
    /// </summary>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    /// <summary>Refuses an output that is one of the files which the command reads. No option allows it.</summary>
    /// <param name="output">The file to be written.</param>
    /// <param name="inputs">The files to be read; null where none was named.</param>
    /// <exception cref="FileException">It is one of them.</exception>
    public static void RequireOther(string output, params IEnumerable<string?> inputs)
    {
        string target = Of(output);
        if (inputs.OfType<string>().FirstOrDefault(input => Comparer.Equals(Of(input), target)) is { } met)
        {
            string also = met == output ? "" : $" (it is {met})";
            throw new FileException(
                output, $"{output} would overwrite a file that this command reads{also}. Name another output.");
        }
    }

    private static string Of(string full, int linksLeft)
    {
        string real = Path.GetPathRoot(full)!;
        foreach (string name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, name);
            if (linksLeft > 0 && TargetOf(real) is { } target)
                real = Of(Path.GetFullPath(target, Path.GetDirectoryName(real)!), --linksLeft);
        }

        return real;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

namespace Zssr.App.Files;

/// <summary>Paths with all links followed. Whether two are of one file, <see cref="FileSet"/> says.</summary>
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

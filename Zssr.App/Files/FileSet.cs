namespace Zssr.App.Files;

/// <summary>
/// Files told apart by what they are: two names are one file if they lead to the same path through links, or if the system has the same
/// device and number for both. So it is where a folder is mounted a second time, where a file has two names (hard links), and where the
/// file system takes A.png for a.png.
/// </summary>
internal sealed class FileSet
{
    private readonly HashSet<string> _keys = new(RealPath.Comparer);

    /// <summary>A set of these files; they need not exist.</summary>
    public FileSet(params IEnumerable<string> paths)
    {
        foreach (string path in paths)
            Add(path);
    }

    /// <summary>Adds a file.</summary>
    /// <returns>Whether it was not in the set before.</returns>
    public bool Add(string path)
    {
        string[] keys = [.. KeysOf(path)];
        bool isNew = !Array.Exists(keys, _keys.Contains);
        _keys.UnionWith(keys);
        return isNew;
    }

    /// <summary>Whether a file is in the set, by whatever name.</summary>
    public bool Contains(string path) => KeysOf(path).Any(_keys.Contains);

    /// <summary>Whether two names are of one file.</summary>
    public static bool AreSame(string one, string other) => new FileSet(one).Contains(other);

    /// <summary>Refuses an output that is one of the files which the command reads. No option allows it.</summary>
    /// <param name="output">The file to be written.</param>
    /// <param name="inputs">The files to be read; null where none was named.</param>
    /// <exception cref="FileException">It is one of them.</exception>
    public static void RequireOther(string output, params IEnumerable<string?> inputs)
    {
        var target = new FileSet(output);
        if (inputs.OfType<string>().FirstOrDefault(target.Contains) is { } met)
        {
            string also = met == output ? "" : $" (it is {met})";
            throw new FileException(
                output, $"{output} would overwrite a file that this command reads{also}. Name another output.");
        }
    }

    private static IEnumerable<string> KeysOf(string path)
    {
        string real = RealPath.Of(path);
        return IdentityOf(real) is { } identity ? [real, identity] : [real];
    }

    /// <summary>Device and number of the file; where it does not exist, of the folder above that does, and the names from there.</summary>
    private static string? IdentityOf(string real)
    {
        string rest = "";
        for (string? at = real; at is not null; at = Path.GetDirectoryName(at))
        {
            if (FileStatus.Of(at) is { } status)
                return $"{status.Device}:{status.Inode}{rest}";
            rest = Path.DirectorySeparatorChar + Path.GetFileName(at) + rest;
        }

        return null;
    }
}

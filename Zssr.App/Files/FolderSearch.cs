namespace Zssr.App.Files;

/// <summary>Finds the files of a folder. A folder that may not be read is an error, not an empty one.</summary>
internal static class FolderSearch
{
    // Hidden files are not meant, as in a shell.
    private static readonly EnumerationOptions Entries = new() { IgnoreInaccessible = false };

    /// <summary>The files, by name; with those of all folders in it, each of which is searched once, whatever links lead to it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether the folders in it are searched, too.</param>
    /// <exception cref="FileException">One of them may not be read.</exception>
    public static IReadOnlyList<string> FilesIn(string folder, bool recursive)
    {
        var files = new List<string>();
        Search(folder, recursive, files, new FileSet());
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Search(string folder, bool recursive, List<string> files, FileSet searched)
    {
        if (!searched.Add(folder))
            return;
        string[] folders;
        try
        {
            files.AddRange(Directory.EnumerateFiles(folder, "*", Entries));
            folders = recursive ? Directory.GetDirectories(folder, "*", Entries) : [];
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new FileException(
                folder,
                $"the folder {folder} may not be searched: permission is denied. Change its permissions, or name the folders to search.",
                failure);
        }
        catch (DirectoryNotFoundException failure) when (FileName.IsGarbled(folder))
        {
            throw new FileException(folder, $"the folder {folder} cannot be searched: {FileName.Garbled}", failure);
        }
        catch (IOException failure)
        {
            throw new FileException(folder, $"the folder {folder} cannot be searched: {failure.Message}", failure);
        }

        // In the order of names, so that which of two links to a folder counts is the same everywhere.
        foreach (string inner in folders.Order(StringComparer.Ordinal))
            Search(inner, recursive, files, searched);
    }
}

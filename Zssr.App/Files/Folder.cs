namespace Zssr.App.Files;

/// <summary>Folders that are to be there before something is written in them.</summary>
internal static class Folder
{
    /// <summary>Makes a folder, and those above it, where it does not exist.</summary>
    /// <param name="path">Which.</param>
    /// <param name="kind">What it is called in the message.</param>
    /// <param name="advice">A sentence for the end of the message: what the user can do.</param>
    /// <exception cref="FileException">It cannot be made.</exception>
    public static void Make(string path, string kind = "folder", string? advice = null)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = advice is null ? failure.Message : $"{failure.Message} {advice}";
            throw new FileException(path, $"cannot make the {kind} {path}: {reason}", failure);
        }
    }

    /// <summary>Finds out what can be known about a folder that will be made: before long work, and without making it.</summary>
    /// <param name="path">Which; it does not exist.</param>
    /// <param name="kind">What it is called in the message.</param>
    /// <param name="tried">The folders in which something could be written; the one above it that exists is added.</param>
    /// <exception cref="FileException">It cannot be made.</exception>
    public static void RequireMakeable(string path, string kind, FileSet tried)
    {
        string at = Path.GetFullPath(path);
        if (FileAbove(at) is { } file)
            throw Cannot($"{file} is a file, not a folder. Choose another folder.");
        for (; !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            if (FileName.IsGarbled(at))
                throw Cannot(FileName.Garbled);
            if (FileName.TooLong(at) is { } reason)
                throw Cannot(reason);
        }

        try
        {
            if (tried.Add(at))
                AtomicFile.TryToWriteIn(at);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw Cannot(FileFailure.Reason(failure), failure);
        }

        FileException Cannot(string reason, Exception? cause = null) => new(path, $"cannot make the {kind} {path}: {reason}", cause);
    }

    /// <summary>What is no folder but stands in a path as if it were one; null where there is nothing of that kind.</summary>
    public static string? FileAbove(string path)
    {
        string? at = path;
        while (at is not null && !Path.Exists(at))
            at = Path.GetDirectoryName(at);
        return at is null || Directory.Exists(at) ? null : at;
    }
}

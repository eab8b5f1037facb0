namespace Zssr.App.Files;

/// <summary>
/// Writes files that are whole or not there: whatever happens on the way, a file of that name is the old one or the complete new one.
/// </summary>
/// <remarks>
/// The content goes to a temporary file in the same folder (only within one file system is a renaming atomic), is flushed to the disk,
/// and takes the name in one step. Before that step a failure removes the temporary file. A killed process leaves it behind, for the next
/// one that writes in the folder to remove; those that a living process writes are held (<see cref="HeldFile"/>) and stay.
/// </remarks>
internal static class AtomicFile
{
    private const string Prefix = ".zssr-";
    private const string Suffix = ".tmp";
    private const string DeviceFolder = "/dev";

    /// <summary>Hidden files too, and a question mark stands for one letter, not for none as it did in DOS.</summary>
    private static readonly EnumerationOptions AllNames =
        new() { AttributesToSkip = FileAttributes.None, MatchType = MatchType.Simple, IgnoreInaccessible = false };

    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <param name="path">Where; a symbolic link is followed, so that it stays a link.</param>
    /// <param name="write">Writes the content. The stream must not be kept.</param>
    /// <exception cref="FileException">No such folder, no permission, a full disk. What <paramref name="write"/> throws passes through,
    /// input and output errors aside.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        RequireFileName(path);
        try
        {
            string target = TargetOf(path);
            RequireReplaceable(path, target);
            Replace(target, write);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw CannotWrite(path, failure);
        }
    }

    /// <summary>
    /// Finds out what can be known about a file to be written before there is anything to write into it. Another file is made in its folder
    /// and removed again: permissions, and file systems that are read-only, cannot be known otherwise.
    /// </summary>
    /// <exception cref="FileException">
    /// The path is empty, names a folder or a read-only file, or lies in a folder that does not exist or in which nothing can be written.
    /// </exception>
    public static void CheckWritable(string path)
    {
        RequireFileName(path);
        try
        {
            string target = TargetOf(path), folder = Path.GetDirectoryName(target)!;
            RequireReplaceable(path, target);
            RemoveAbandoned(folder);
            using FileStream trial = HeldFile.Create(folder, Prefix, Suffix, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw CannotWrite(path, failure);
        }
    }

    /// <summary>The same, and makes sure that nothing is lost: a file that exists may only be replaced by who says so.</summary>
    /// <exception cref="FileException">As above, or the file exists.</exception>
    public static void CheckWritable(string path, bool force)
    {
        CheckWritable(path);
        if (File.Exists(path) && !force)
            throw new FileException(path, $"{path} exists already. Choose another name, or replace it with --force.");
    }

    private static void RequireFileName(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new FileException(path, $"cannot write '{path.Replace('\0', '?')}': that is not a file name. Give the name of a file.");
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw new FileException(path, $"cannot write {path}: it is a folder. Give the name of a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new FileException(path, $"cannot write {path}: the folder {folder} does not exist. Create it first.");
    }

    /// <summary>A file that is not to be written stays, and a device does, though the system would let another one take its name.</summary>
    private static void RequireReplaceable(string path, string target)
    {
        if (Path.GetDirectoryName(target) == DeviceFolder)
            throw new FileException(path, $"cannot write {path}: it is a device, and a file would replace it. Give the name of a file.");
        if (File.Exists(target) && new FileInfo(target).IsReadOnly)
            throw new FileException(path, $"cannot write {path}: the file is read-only. Change its permissions, or choose another name.");
    }

    private static void Replace(string target, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(target)!;
        RemoveAbandoned(folder);
        using FileStream temporary = HeldFile.Create(folder, Prefix, Suffix);
        try
        {
            write(temporary);
            temporary.Flush(flushToDisk: true);
            // While it is open, so that no other process can take it for abandoned.
            File.Move(temporary.Name, target, overwrite: true);
        }
        catch
        {
            Discard(temporary.Name);
            throw;
        }
    }

    /// <summary>The failure that led here matters more than one in tidying up, such as that the folder is gone.</summary>
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Removes what killed processes have left, whatever they were writing.</summary>
    private static void RemoveAbandoned(string folder)
    {
        try
        {
            foreach (string temporary in Directory.GetFiles(folder, $"{Prefix}????????{Suffix}", AllNames))
                HeldFile.RemoveIfAbandoned(temporary);
        }
        catch (UnauthorizedAccessException)
        {
            // In a folder whose names may not be read, files can be written all the same.
        }
    }

    /// <summary>The file itself: a symbolic link is to stay one.</summary>
    private static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static FileException CannotWrite(string path, Exception failure) =>
        new(path, $"cannot write {path}: {FileFailure.Reason(failure)}", failure);
}

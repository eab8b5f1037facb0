namespace Zssr.App.Files;

/// <summary>
/// Writes files that are whole or not there: whatever happens on the way, a file of that name is the old one or the complete new one.
/// </summary>
/// <remarks>
/// The content goes to a temporary file in the same folder (only within one file system is a renaming atomic), is flushed to the disk,
/// and takes the name in one step. Before that step a failure removes the temporary file; a killed process leaves it behind.
/// </remarks>
internal static class AtomicFile
{
    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <param name="path">Where; a symbolic link is followed, so that it stays a link.</param>
    /// <param name="write">Writes the content. The stream can be written only; it must not be kept.</param>
    /// <exception cref="FileException">No such folder, no permission, a full disk. What <paramref name="write"/> throws passes through,
    /// input and output errors aside.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        CheckWritable(path);
        try
        {
            var file = new FileInfo(path);
            Replace(file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName, write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FileException(path, $"cannot write {path}: {Reason(failure)}", failure);
        }
    }

    /// <summary>Finds out what can be known about a file to be written before there is anything to write into it.</summary>
    /// <exception cref="FileException">The path is empty, names a folder, or lies in a folder that does not exist.</exception>
    public static void CheckWritable(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new FileException(path, $"cannot write '{path.Replace('\0', '?')}': that is no file name. Give the name of a file.");
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw new FileException(path, $"cannot write {path}: it is a folder. Give the name of a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new FileException(path, $"cannot write {path}: the folder {folder} does not exist. Create it first.");
    }

    /// <summary>The same, and whether it may be replaced if it exists.</summary>
    /// <exception cref="FileException">It cannot be written, or exists and must stay.</exception>
    public static void CheckWritable(string path, bool replace)
    {
        CheckWritable(path);
        if (File.Exists(path) && !replace)
            throw new FileException(path, $"{path} exists already. Choose another name, or replace it with --force.");
    }

    private static void Replace(string target, Action<Stream> write)
    {
        string temporary = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary); // no error where it does not exist
            throw;
        }
    }

    private static string Reason(Exception failure) => failure is UnauthorizedAccessException
        ? "permission is denied. Choose another folder, or change its permissions."
        : $"{failure.Message.TrimEnd('.')}. Is the disk full, or the file open elsewhere?";
}

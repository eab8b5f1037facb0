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

    /// <summary>Hidden files too, and a question mark stands for one letter, not for none as it did in DOS.</summary>
    private static readonly EnumerationOptions AllNames =
        new() { AttributesToSkip = FileAttributes.None, MatchType = MatchType.Simple, IgnoreInaccessible = false };

    /// <summary>Writes a file, replacing one of that name; who may read and write that one may this one (<see cref="FileRights"/>).</summary>
    /// <param name="path">Where; a symbolic link is followed, so that it stays a link.</param>
    /// <param name="write">Writes the content. The stream must not be kept.</param>
    /// <exception cref="FileException">No such folder, no permission, a full disk. What <paramref name="write"/> throws passes through,
    /// input and output errors aside.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            Replace(path, OutputPath.Require(path), write);
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
    /// As <see cref="OutputPath.Require"/>, or nothing can be written in its folder.
    /// </exception>
    public static void CheckWritable(string path) => CheckWritable(path, tried: new FileSet());

    /// <summary>The same, and makes sure that nothing is lost: a file that exists may only be replaced by who says so.</summary>
    /// <exception cref="FileException">As above, or the file exists.</exception>
    public static void CheckWritable(string path, bool force)
    {
        CheckWritable(path);
        if (File.Exists(path) && !force)
            throw new FileException(path, $"{path} exists already. Choose another name, or replace it with --force.");
    }

    /// <summary>The same for one of many files: what has been found out about a folder is not asked again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tried">The folders in which something could be written; this one is added.</param>
    /// <exception cref="FileException">As above.</exception>
    public static void CheckWritable(string path, FileSet tried)
    {
        try
        {
            string folder = Path.GetDirectoryName(OutputPath.Require(path))!;
            if (tried.Add(folder))
                TryToWriteIn(folder);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw CannotWrite(path, failure);
        }
    }

    /// <summary>Makes a file in a folder and removes it again.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static void TryToWriteIn(string folder)
    {
        RemoveAbandoned(folder);
        using FileStream trial = HeldFile.Create(folder, Prefix, Suffix, FileOptions.DeleteOnClose);
    }

    private static void Replace(string path, string target, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(target)!;
        RemoveAbandoned(folder);
        using FileStream temporary = HeldFile.Create(folder, Prefix, Suffix);
        try
        {
            FileRights.Take(temporary.SafeFileHandle, target);
            write(temporary);
            temporary.Flush(flushToDisk: true);
            // While it is open, so that no other process can take it for abandoned.
            File.Move(temporary.Name, target, overwrite: true);
        }
        catch (FileNotFoundException failure) when (Directory.Exists(folder))
        {
            throw OutputPath.CannotWrite(path, "another program has removed its temporary file. Try again.", failure);
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

    private static FileException CannotWrite(string path, Exception failure) =>
        OutputPath.CannotWrite(path, FileFailure.Reason(failure), failure);
}

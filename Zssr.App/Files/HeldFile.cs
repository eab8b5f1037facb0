namespace Zssr.App.Files;

/// <summary>
/// Files that a process holds open for as long as it lives: whoever finds one can tell whether its process is still there.
/// </summary>
/// <remarks>
/// An open file is locked, on Windows by its sharing mode, elsewhere by flock (2), and the system lets go of it however the process ends.
/// A process id could be another process's by now, or of another machine that has the same folder.
/// <para>
/// Windows opens and locks in one step. Elsewhere there is a moment between the two, in which another process can take the new file for an
/// abandoned one. It removes files only while it has the whole lock, so who has got a lock, and still finds the file under its name, has
/// a file that nobody else will remove; and who has not makes another.
/// </para>
/// <para>File systems that know no locks let everybody lock every file. There, nothing counts as abandoned.</para>
/// </remarks>
internal static class HeldFile
{
    private const int MostAttempts = 1000;

    // What the system says of a file that is locked: EWOULDBLOCK of Linux and of macOS, and Windows's ERROR_SHARING_VIOLATION.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    /// <summary>Makes a file of a new name, prefix + eight random letters + suffix, which is held until the stream is closed.</summary>
    /// <param name="folder">Where; it must exist.</param>
    /// <param name="prefix">How the name begins.</param>
    /// <param name="suffix">How it ends.</param>
    /// <param name="options">Such as that the file goes when it is closed.</param>
    /// <exception cref="IOException">As <see cref="FileStream"/>'s constructor.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="FileStream"/>'s constructor.</exception>
    public static FileStream Create(string folder, string prefix, string suffix, FileOptions options = FileOptions.None)
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = Path.Combine(folder, prefix + Path.GetRandomFileName()[..8] + suffix);
            try
            {
                // Reading as well, because NFS has no shared locks on what is only written. It may be renamed and removed while it is open.
                var file = new FileStream(
                    path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 4096, options);
                if (File.Exists(path) || attempt == MostAttempts || !Directory.Exists(folder))
                    return file;
                file.Dispose(); // removed before it was locked
            }
            catch (IOException failure) when (attempt < MostAttempts && (IsLocked(failure) || File.Exists(path)))
            {
                // The name was taken, or another process has the lock, and is about to remove the file.
            }
        }
    }

    /// <summary>Removes a file unless a process holds it.</summary>
    /// <returns>Whether it is gone. What may not be touched, or is no file, counts as held.</returns>
    public static bool RemoveIfAbandoned(string path)
    {
        try
        {
            if (FileStatus.Of(path) is { Kind: not FileKind.Regular })
                return false;
            if (OperatingSystem.IsWindows())
            {
                Lock(path, FileOptions.DeleteOnClose).Dispose();
                return true;
            }

            using FileStream held = Lock(path);
            if (!IsHeld(path))
                return false;
            File.Delete(path);
            return true;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file that this process holds can be told from an abandoned one here.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            Lock(path).Dispose();
            return false;
        }
        catch (IOException failure) when (IsLocked(failure))
        {
            return true;
        }
    }

    private static FileStream Lock(string path, FileOptions options = FileOptions.None) =>
        new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);

    private static bool IsLocked(IOException failure) => failure.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows;
}

namespace Zssr.App.Files;

/// <summary>
/// Files that a process holds open for as long as it lives: whoever finds one can tell whether its process is still there.
/// </summary>
/// <remarks>
/// An open file is locked, on Windows by its sharing mode, elsewhere by flock (2), and the system lets go of it however the process ends.
/// A process id could be another process's by now, or of another machine that has the same folder. File systems that know no locks let
/// everybody open every file; there, a file that is held looks abandoned.
/// </remarks>
internal static class HeldFile
{
    private const int MostAttempts = 10;

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
                return new FileStream(
                    path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 4096, options);
            }
            catch (IOException) when (File.Exists(path) && attempt < MostAttempts)
            {
                // The name was taken, or another process looked at the file between its making and its locking, and took it for abandoned.
            }
        }
    }

    /// <summary>Removes a file unless a process holds it.</summary>
    /// <returns>Whether it is gone. A file that may not be touched counts as held.</returns>
    public static bool RemoveIfAbandoned(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
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
}

namespace Zssr.App.Files;

/// <summary>Opens files, and nothing else that has a name: opening a pipe waits, and a device may never end.</summary>
internal static class SourceFile
{
    private const int BufferLength = 1 << 16;

    /// <summary>The file for reading, at its beginning. It holds at least one byte.</summary>
    /// <param name="path">Which.</param>
    /// <param name="content">What it should hold, in words: "an image".</param>
    /// <exception cref="FileException">There is none, it is empty or no file, or it may not be read.</exception>
    public static FileStream Open(string path, string content)
    {
        if (Directory.Exists(path))
            throw new FileException(path, $"{path} is a folder. Name a file that holds {content}.");
        try
        {
            if (FileStatus.Of(path) is { Kind: not FileKind.Regular } status)
                throw new FileException(path, $"{path} is {status.KindInWords}, not a file. Name a file that holds {content}.");
            if (!HasLength(path))
                throw new FileException(path, $"{path} is empty, or not a file but a pipe or a device. Name a file that holds {content}.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new FileException(
                path,
                FileName.IsGarbled(path)
                    ? $"{path} cannot be read: {FileName.Garbled}"
                    : $"there is no file '{path}' (looked from {Environment.CurrentDirectory}).",
                failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new FileException(path, $"{path} may not be read: permission is denied. Change its permissions.", failure);
        }
        catch (IOException failure)
        {
            throw CannotBeRead(path, failure);
        }
    }

    /// <summary>The failure of a file system.</summary>
    public static FileException CannotBeRead(string path, IOException failure) =>
        new(path, $"{path} cannot be read: {failure.Message.TrimEnd('.')}. Copy it to another place, or fetch it again.", failure);

    /// <summary>Asks without opening. Pipes, sockets and devices have the length 0, as empty files have.</summary>
    private static bool HasLength(string path)
    {
        // Of a bare name, .NET would look for a relative target from the root.
        string full = Path.GetFullPath(path);
        var target = (FileInfo?)File.ResolveLinkTarget(full, returnFinalTarget: true) ?? new FileInfo(full);
        // The pipes of a shell, such as <(command), are links to "pipe:[number]", which is no path.
        return !target.Name.StartsWith("pipe:[", StringComparison.Ordinal) && target.Length > 0;
    }
}

namespace Zssr.App.Images;

/// <summary>Opens image files, and nothing else that has a name: opening a pipe waits, and a device may never end.</summary>
internal static class ImageSource
{
    private const int BufferLength = 1 << 16;

    /// <summary>The file for reading, at its beginning. It holds at least one byte.</summary>
    /// <exception cref="ImageFileException">There is none, it is empty or no file, or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new ImageFileException(path, $"{path} is a folder. Name one image in it.");
        try
        {
            if (!HasLength(path))
            {
                throw new ImageFileException(
                    path, $"{path} is empty, or no file but a pipe or a device. Name a file that holds an image.");
            }

            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new ImageFileException(path, $"there is no file '{path}' (looked from {Environment.CurrentDirectory}).", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new ImageFileException(path, $"{path} may not be read: permission is denied. Change its permissions.", failure);
        }
        catch (IOException failure)
        {
            throw CannotBeRead(path, failure);
        }
    }

    /// <summary>The failure of a file system.</summary>
    public static ImageFileException CannotBeRead(string path, IOException failure) =>
        new(path, $"{path} cannot be read: {failure.Message.TrimEnd('.')}. Copy it to another place, or fetch it again.", failure);

    /// <summary>Asks without opening. Pipes, sockets and devices have the length 0, as empty files have.</summary>
    private static bool HasLength(string path)
    {
        var target = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        // The pipes of a shell, such as <(command), are links to "pipe:[number]", which is no path.
        return !target.Name.StartsWith("pipe:[", StringComparison.Ordinal) && target.Length > 0;
    }
}

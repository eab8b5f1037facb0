namespace Zssr.App.Files;

/// <summary>What a path names.</summary>
internal enum FileKind
{
    /// <summary>A file that holds bytes.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe (FIFO): who opens it waits for another program.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device.</summary>
    Device,
}

/// <summary>What the system says about a file without opening it (stat); links are followed.</summary>
/// <param name="Device">The file system that it lies on.</param>
/// <param name="Inode">Its number there: two names with the same device and number are one file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Who may read and write it; 0 on Windows.</param>
/// <param name="User">The id of its owner; 0 on Windows.</param>
/// <param name="Group">The id of its group; 0 on Windows.</param>
/// <param name="IsImmutable">Whether nobody may replace it, whatever its mode (chattr +i or +a); known on Linux.</param>
/// <param name="IsMountPoint">Whether something is mounted at this very name, which can then not be replaced; known on Linux.</param>
internal readonly record struct FileStatus(
    ulong Device, ulong Inode, FileKind Kind, UnixFileMode Mode, uint User, uint Group, bool IsImmutable = false, bool IsMountPoint = false)
{
    /// <summary>The status of a file; null where there is none, or where the system does not tell.</summary>
    public static FileStatus? Of(string path) => NativeFiles.StatusOf(path, out _);

    /// <summary>Whether the file system can have no such name, or the system no such path.</summary>
    public static bool IsTooLong(string path)
    {
        _ = NativeFiles.StatusOf(path, out bool isTooLong);
        return isTooLong;
    }

    /// <summary>What it is, in words: "a pipe".</summary>
    public string KindInWords => Kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };
}

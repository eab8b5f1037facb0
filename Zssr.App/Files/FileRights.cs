using Microsoft.Win32.SafeHandles;

namespace Zssr.App.Files;

/// <summary>Who may read and write a file that takes the place of another: as far as the system allows, the same as before.</summary>
internal static class FileRights
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OfGroup = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const int GroupToOthers = 3; // bits, from a permission of the group to that of all others

    /// <summary>
    /// Gives a new file the mode, owner and group of the one that it will replace. Ask before anything is written into it: what only its
    /// owner might read is never in a file that others can. Access control lists are not kept.
    /// </summary>
    /// <param name="file">The new file, still empty.</param>
    /// <param name="replaced">The other; it need not exist.</param>
    public static void Take(SafeFileHandle file, string replaced)
    {
        if (OperatingSystem.IsWindows() || FileStatus.Of(replaced) is not { } old)
            return;
        UnixFileMode mode = old.Mode & Permissions;
        bool keepsGroup = NativeFiles.ChangeOwner(file, old.User, old.Group) || NativeFiles.ChangeOwner(file, user: null, old.Group);
        // Another group gets no more than everybody has.
        if (!keepsGroup)
            mode &= ~OfGroup | (UnixFileMode)((int)mode << GroupToOthers);
        try
        {
            File.SetUnixFileMode(file, mode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file system that knows no modes.
        }
    }
}

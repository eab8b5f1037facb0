namespace Zssr.App.Files;

/// <summary>What can be known, by its name alone, about a file that is to be written.</summary>
internal static class OutputPath
{
    private const string DeviceFolder = "/dev";

    /// <summary>Refuses whatever a file could not be written to, or would replace though it must not.</summary>
    /// <returns>The file itself: a symbolic link is to stay one.</returns>
    /// <exception cref="FileException">
    /// The name is empty or too long, is of a folder, a device, a pipe, a socket or a read-only file, or its folder does not exist.
    /// </exception>
    public static string Require(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw CannotWrite(path, "that is not a file name. Give the name of a file.");
        if (FileName.IsGarbled(path))
            throw CannotWrite(path, FileName.Garbled);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            throw CannotWrite(path, "it is a folder. Give the name of a file.");
        RequireFolder(path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        string target = TargetOf(path);
        if (target != Path.GetFullPath(path) && Path.GetDirectoryName(target) is { } place && !Directory.Exists(place))
            throw CannotWrite(path, $"it is a link to {target}, and the folder of that does not exist. Create it first.");
        if (FileName.TooLong(target) is { } reason)
            throw CannotWrite(path, reason);
        RequireReplaceable(path, target);
        return target;
    }

    /// <summary>A failure of <see cref="Require"/>'s kind.</summary>
    public static FileException CannotWrite(string path, string reason, Exception? cause = null) =>
        new(path, $"cannot write {(string.IsNullOrWhiteSpace(path) ? $"'{path}'" : path.Replace('\0', '?'))}: {reason}", cause);

    private static void RequireFolder(string path, string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (Folder.FileAbove(folder) is { } file)
            throw CannotWrite(path, $"{file} is a file, not a folder. Choose another folder.");
        throw CannotWrite(path, $"the folder {folder} does not exist. Create it first.");
    }

    /// <summary>
    /// What is not to be written stays, and what is no file does, though the system would let a file take its name.
    /// </summary>
    private static void RequireReplaceable(string path, string target)
    {
        if (Path.GetDirectoryName(target) == DeviceFolder)
            throw CannotWrite(path, "it is a device, and a file would replace it. Give the name of a file.");
        if (FileStatus.Of(target) is { } status)
        {
            if (status.Kind != FileKind.Regular)
                throw CannotWrite(path, $"it is {status.KindInWords}, and a file would replace it. Give the name of a file.");
            if (status.IsMountPoint)
                throw CannotWrite(path, "it is mounted by itself, and cannot be replaced. Mount its folder, or choose another name.");
            if (status.IsImmutable)
                throw CannotWrite(path, "the file is read-only by its attributes (lsattr). Change them, or choose another name.");
        }

        if (File.Exists(target) && new FileInfo(target).IsReadOnly)
            throw CannotWrite(path, "the file is read-only. Change its permissions, or choose another name.");
    }

    private static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}

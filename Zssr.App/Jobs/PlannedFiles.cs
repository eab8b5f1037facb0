using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Records;

namespace Zssr.App.Jobs;

/// <summary>What can be known about the files of a command before its long work begins, all of them at once.</summary>
internal static class PlannedFiles
{
    /// <summary>Refuses jobs with a file that could not be written in the end: the results, and all that runs leave in their folders.</summary>
    /// <exception cref="FileException">
    /// One could not: its name is too long, its folder is a file or may not be written in, or in its place is a pipe, a device, a folder or
    /// a read-only file. The message names it.
    /// </exception>
    public static void RequireWritable(IReadOnlyList<UpscaleJob> jobs)
    {
        var tried = new FileSet();
        foreach (UpscaleJob job in jobs)
        {
            _ = ImageFile.FormatOf(job.Output);
            Require(job.Output, "folder", tried);
            if (job.RunFolder is null)
                continue;
            foreach (string file in RunFolder.FilesIn(job.RunFolder, job.Output))
                Require(file, "run folder", tried);
        }
    }

    private static void Require(string path, string kind, FileSet tried)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        if (Directory.Exists(folder))
        {
            AtomicFile.CheckWritable(path, tried);
            return;
        }

        Folder.RequireMakeable(folder, kind, tried);
        if (FileName.TooLong(path) is { } reason)
            throw OutputPath.CannotWrite(path, reason);
    }
}

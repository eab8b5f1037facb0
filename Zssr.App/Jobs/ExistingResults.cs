using Zssr.App.Files;
using Zssr.App.Records;

namespace Zssr.App.Jobs;

/// <summary>Keeps earlier results from being lost by a command that does not say so.</summary>
internal static class ExistingResults
{
    /// <summary>Refuses jobs that would replace an output, or a run whose checkpoint may be the work of hours.</summary>
    /// <exception cref="FileException">One would; the message names it.</exception>
    public static void RequireNone(IReadOnlyList<UpscaleJob> jobs)
    {
        Require(
            [.. jobs.Select(job => job.Output).Where(File.Exists)],
            (output, exist) => $"{output} {exist}. Use --force to replace it, or name another output.");
        Require(
            [.. jobs.Select(job => job.RunFolder).OfType<string>().Where(RunFolder.HoldsRun)],
            (folder, exist) => $"a run in {folder} {exist}. Use --resume to continue it, --force to replace it, or another --run-dir.");
    }

    /// <summary>Refuses a run folder in which there is no run, but files of such names: they are somebody's own.</summary>
    /// <exception cref="FileException">There is one; the message names a file.</exception>
    public static void RequireOwnRunFolders(IReadOnlyList<UpscaleJob> jobs) => Require(
        [
            .. jobs.Where(job => job.RunFolder is not null && !RunFolder.HoldsRun(job.RunFolder))
                .SelectMany(job => RunFolder.FilesIn(job.RunFolder!, job.Output).Where(file => File.Exists(file) && file != job.Output)),
        ],
        (file, exist) => $"{file} {exist}, but belongs to no run. Name another --run-dir, or use --force to replace it.");

    private static void Require(IReadOnlyList<string> found, Func<string, string, string> message)
    {
        if (found.Count == 1)
            throw new FileException(found[0], message(found[0], "exists"));
        if (found.Count > 1)
            throw new FileException(found[0], message($"{found[0]} (and {found.Count - 1} more)", "exist"));
    }
}

using Zssr.App.Files;
using Zssr.App.Records;

namespace Zssr.App.Jobs;

/// <summary>Keeps the files of a command apart: nothing that it writes may take the place of what it reads, or of another result.</summary>
internal static class DistinctFiles
{
    /// <summary>Refuses jobs whose files meet, by whatever names, before anything is written. No option allows it.</summary>
    /// <param name="jobs">All that are to be done.</param>
    /// <param name="kernel">The file of the blur kernel, or null.</param>
    /// <exception cref="FileException">Two would; the message names the file.</exception>
    public static void Require(IReadOnlyList<UpscaleJob> jobs, string? kernel)
    {
        IEnumerable<string> read =
            [.. jobs.Select(job => job.Input), .. jobs.Select(job => job.GroundTruth).Append(kernel).OfType<string>()];
        var taken = new FileSet(read);
        foreach (UpscaleJob job in jobs)
        {
            if (!taken.Add(job.Output))
            {
                throw new FileException(
                    job.Output,
                    $"{job.Output} would overwrite an input, a ground truth, the kernel or another result. Name another output.");
            }
        }

        foreach (UpscaleJob job in jobs.Where(job => job.RunFolder is not null))
            RequireRunFolder(job, taken);
    }

    /// <summary>The run's own copy of the output may be the output itself; all else is in the way.</summary>
    private static void RequireRunFolder(UpscaleJob job, FileSet taken)
    {
        string copy = RunFolder.OutputIn(job.RunFolder!, job.Output);
        bool isCopy = FileSet.AreSame(job.Output, copy);
        string? met = RunFolder.FilesIn(job.RunFolder!, job.Output).Prepend(job.RunFolder!)
            .FirstOrDefault(file => taken.Contains(file) && !(isCopy && file == copy));
        if (met is not null)
        {
            throw new FileException(
                met,
                $"the run of {job.Input} would overwrite {met}, an input, a ground truth, the kernel or a result. Name another --run-dir.");
        }
    }
}

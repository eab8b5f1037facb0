using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Runs;

/// <summary>Does jobs one after the other; one that fails is named and does not keep the others from being done.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="run">Does one; false where there was nothing to do.</param>
/// <param name="display">Shows how it goes.</param>
/// <param name="options">What is not about the results.</param>
internal sealed class JobQueue(IReadOnlyList<UpscaleJob> jobs, Func<UpscaleJob, bool> run, RunDisplay display, RunnerOptions options)
{
    private readonly List<UpscaleJob> _failed = [];
    private readonly FileSet _written = new();
    private int _done;
    private int _skipped;

    /// <summary>What has become of the jobs so far.</summary>
    public QueueSummary Summary => new(jobs.Count, _done, _skipped, _failed);

    /// <summary>Does them all.</summary>
    /// <exception cref="OperationCanceledException">The user stopped the program; the display has said so.</exception>
    public void Run()
    {
        foreach (UpscaleJob job in jobs)
        {
            try
            {
                // The command holds the folder of all runs; here, that of one among several is held, against a command for it alone.
                using RunLock? held = jobs.Count == 1 || job.RunFolder is null ? null : RunLock.Take(job.RunFolder);
                RequireUnwritten(job.Output);
                if (run(job))
                    _done++;
                else
                    _skipped++;
                _written.Add(job.Output);
            }
            catch (OperationCanceledException)
            {
                display.Interrupted(job);
                throw;
            }
            catch (StandardOutputException)
            {
                throw; // nobody would hear of the other results
            }
            catch (Exception failure)
            {
                _failed.Add(job);
                string message = UserErrors.Message(failure), name = OneLine.Of(job.Input);
                display.Failed(job, message.Contains(name, StringComparison.Ordinal) ? message : $"{name}: {message}");
                if (options.Verbose)
                    display.Trace(failure);
            }
        }

        display.Ended(Summary);
    }

    /// <summary>Names that look different can be one file to a file system, which is known once it is there.</summary>
    private void RequireUnwritten(string output)
    {
        if (_written.Contains(output))
            throw new FileException(output, $"{output} would overwrite another result of this command. Name another output.");
    }
}

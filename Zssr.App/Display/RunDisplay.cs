using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Shows the user how runs go. Notes and progress go to standard error, so that results alone are on standard output.</summary>
internal abstract class RunDisplay
{
    /// <summary>Shows what is going on while <paramref name="work"/> does it, on the same thread.</summary>
    /// <param name="jobs">How many images there are.</param>
    /// <param name="work">The work.</param>
    /// <param name="unit">What is counted, if not images.</param>
    public virtual void While(int jobs, Action work, string unit = "images") => work();

    /// <summary>An image's turn has come.</summary>
    public abstract void Begin(UpscaleJob job);

    /// <summary>It has come so far.</summary>
    public abstract void Report(UpscaleJob job, RunProgress progress);

    /// <summary>Something worth a line.</summary>
    public abstract void Note(string line);

    /// <summary>The image has been enlarged and written.</summary>
    public abstract void Done(UpscaleJob job, RunRecord record);

    /// <summary>It was done already, by an earlier run.</summary>
    public virtual void Skipped(UpscaleJob job) => Note($"{job.Output} exists already, from a finished run with these settings.");

    /// <summary>The network's plain output, in the middle of training, has been compared with the ground truth.</summary>
    public virtual void Judged(UpscaleJob job, RunProgress progress, QualityRecord quality) =>
        Note($"{job.Input}: after {progress.Done} iterations the plain output has {ProgressText.Describe(quality)}");

    /// <summary>A method has been measured on an image.</summary>
    public virtual void Measured(EvaluationResult result) => Note(result.ToString());

    /// <summary>It has failed.</summary>
    public virtual void Failed(UpscaleJob job, string message) => Note($"zssr: {message}");

    /// <summary>Where the program was when it failed.</summary>
    public virtual void Trace(Exception failure) => Note(failure.ToString());

    /// <summary>All images have had their turn.</summary>
    public virtual void Ended(QueueSummary summary)
    {
        if (summary.Images > 1 && summary.Failed.Count > 0)
            Note($"zssr: {ProgressText.Failures(summary)}");
    }

    /// <summary>The user has stopped the program while the image was at work.</summary>
    public virtual void Interrupted(UpscaleJob job) => Note(ProgressText.Interrupted(job));

    /// <summary>The display for where the program runs.</summary>
    /// <param name="json">Machine-readable lines.</param>
    public static RunDisplay Choose(bool json) =>
        json ? new JsonDisplay() : Console.IsErrorRedirected || IsDumb ? new PlainDisplay() : new BarDisplay();

    /// <summary>Whether the terminal is one that cannot move its cursor, such as an editor's.</summary>
    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";
}

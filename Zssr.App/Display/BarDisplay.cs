using Spectre.Console;
using Zssr.App.Runs;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>A bar on the terminal for the image at work, and one above it for all images where there are several.</summary>
internal sealed class BarDisplay : RunDisplay
{
    private readonly IAnsiConsole _console =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private readonly TimeLeft _timeLeft = new();
    private ProgressContext? _bars;
    private ProgressTask? _all;
    private ProgressTask? _current;

    public override void While(int jobs, Action work) => _console.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(bars =>
        {
            _bars = bars;
            _all = jobs > 1 ? bars.AddTask($"{jobs} images", maxValue: jobs) : null;
            work();
        });

    public override void Begin(UpscaleJob job)
    {
        _timeLeft.Restart();
        _current?.StopTask();
        _current = _bars?.AddTask(Markup.Escape(Path.GetFileName(job.Input)));
    }

    public override void Report(UpscaleJob job, RunProgress progress)
    {
        if (_current is null)
            return;
        TimeSpan? left = _timeLeft.After(progress);
        // Stages count alike, and training for nine tenths of each.
        double share = (double)progress.Done / Math.Max(progress.Total, 1);
        double inStage = progress.Phase == RunPhase.Training ? 0.9 * share : 0.9 + 0.1 * share;
        _current.Value = 100 * (progress.Stage + inStage) / progress.Stages.Count;
        string time = left is { } estimate ? $", {ProgressText.Describe(estimate)} left" : "";
        _current.Description = Markup.Escape($"{Path.GetFileName(job.Input)}: {ProgressText.Describe(progress)}{time}");
    }

    public override void Note(string line) => _console.WriteLine(line);

    public override void Done(UpscaleJob job, RunRecord record)
    {
        EndCurrent();
        // The bars are in the way of a line that another writer puts on the same terminal.
        if (Console.IsOutputRedirected)
            Console.WriteLine(record.Summary);
        else
            _console.WriteLine(record.Summary);
    }

    public override void Skipped(UpscaleJob job)
    {
        EndCurrent();
        base.Skipped(job);
    }

    public override void Failed(UpscaleJob job, string message)
    {
        EndCurrent();
        base.Failed(job, message);
    }

    private void EndCurrent()
    {
        _current?.StopTask();
        _all?.Increment(1);
        if (_all is not null)
            _all.Description = $"{_all.Value} of {_all.MaxValue} images";
    }
}

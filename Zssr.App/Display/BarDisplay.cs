using Spectre.Console;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>A bar on the terminal for the image at work, and one above it for all images where there are several.</summary>
internal sealed class BarDisplay : RunDisplay
{
    // Left to itself, Spectre judges standard error by standard output, which may well go to a file.
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = InteractionSupport.Yes,
        Ansi = OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
    });

    private readonly TimeLeft _timeLeft = new();
    private ProgressContext? _bars;
    private string _unit = "";
    private ProgressTask? _all;
    private ProgressTask? _current;

    public override void While(int jobs, Action work, string unit = "images") => _console.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new BarColumn())
        .Start(bars =>
        {
            (_bars, _unit) = (bars, unit);
            _all = jobs > 1 ? bars.AddTask("all", maxValue: jobs) : null;
            DescribeAll();
            work();
        });

    public override void Begin(UpscaleJob job)
    {
        _timeLeft.Restart();
        _current?.StopTask();
        _current = _bars?.AddTask("current");
        if (_current is not null)
            BarColumn.SetText(_current, new BarText(Path.GetFileName(job.Input), "", ""));
    }

    public override void Report(UpscaleJob job, RunProgress progress)
    {
        if (_current is null)
            return;
        TimeSpan? left = _timeLeft.After(progress);
        // Stages count alike, and training for nine tenths of each.
        double share = (double)progress.Done / Math.Max(progress.Total, 1);
        double inStage = progress.Phase == RunPhase.Training ? 0.9 * share : 0.9 + 0.1 * share;
        double percentage = 100 * (progress.Stage + inStage) / progress.Stages.Count;
        string figures = ProgressText.Figures(progress);
        string time = left is { } estimate ? $"{ProgressText.Describe(estimate)} left" : "";
        BarColumn.SetText(_current, new BarText(
            Path.GetFileName(job.Input),
            ProgressText.ShortPosition(progress) + (figures.Length == 0 || time.Length == 0 ? "" : $", {time}"),
            figures));
        // A finished task is hidden, but the image is not done before its files are written.
        _current.Value = Math.Min(percentage, 99.9);
    }

    public override void Note(string line) => _console.Write(new LineAboveBars(line));

    public override void Done(UpscaleJob job, RunRecord record)
    {
        EndCurrent();
        // The bars are in the way of a line that another writer puts on the same terminal.
        if (Console.IsOutputRedirected)
            Console.WriteLine(ProgressText.Done(record));
        else
            Note(ProgressText.Done(record));
    }

    public override void Skipped(UpscaleJob job)
    {
        EndCurrent();
        base.Skipped(job);
    }

    public override void Measured(EvaluationResult result)
    {
        EndCurrent();
        base.Measured(result);
    }

    public override void Failed(UpscaleJob job, string message)
    {
        EndCurrent();
        base.Failed(job, message);
    }

    private void EndCurrent()
    {
        _current?.StopTask();
        _current = null;
        _all?.Increment(1);
        DescribeAll();
    }

    private void DescribeAll()
    {
        if (_all is not null)
            BarColumn.SetText(_all, new BarText("", $"{_all.Value} of {_all.MaxValue} {_unit}", ""));
    }
}

using System.Diagnostics;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Plain lines, one every few seconds: for log files and pipes.</summary>
internal sealed class PlainDisplay : RunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly Stopwatch _sinceLine = new();
    private readonly TimeLeft _timeLeft = new();

    public override void Begin(UpscaleJob job)
    {
        _sinceLine.Restart();
        _timeLeft.Restart();
    }

    public override void Report(UpscaleJob job, RunProgress progress)
    {
        TimeSpan? left = _timeLeft.After(progress);
        if (_sinceLine.Elapsed < Interval)
            return;
        _sinceLine.Restart();
        Note($"{job.Input}: {ProgressText.Describe(progress)}{(left is { } time ? $", {ProgressText.Describe(time)} left" : "")}");
    }

    public override void Note(string line) => Console.Error.WriteLine(line);

    public override void Done(UpscaleJob job, RunRecord record) => Console.WriteLine(ProgressText.Done(record));
}

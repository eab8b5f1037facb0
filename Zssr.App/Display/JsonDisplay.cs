using System.Text.Json;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>One JSON object a line on standard output: <c>{"event": "progress", …}</c>.</summary>
internal sealed class JsonDisplay : RunDisplay
{
    public override void Begin(UpscaleJob job) => Write(new { @event = "begin", job.Input, job.Output });

    public override void Report(UpscaleJob job, RunProgress progress) => Write(new
    {
        @event = "progress",
        job.Input,
        phase = progress.Phase == RunPhase.Training ? "training" : "enlarging",
        stage = progress.Stage + 1,
        stages = progress.Stages.Count,
        scale = progress.Stages[progress.Stage].FromInput.ToString(),
        progress.Done,
        progress.Total,
        loss = FiniteOrNull.Of(ProgressText.RecentLoss(progress.History)),
        learningRate = FiniteOrNull.Of(progress.History.LearningRate),
        reconstructionPsnr = progress.History.ReconstructionErrors.Count > 0
            ? FiniteOrNull.Of(progress.History.ReconstructionErrors[^1].Psnr) : null,
    });

    public override void Note(string line) => Write(new { @event = "note", text = line });

    public override void Done(UpscaleJob job, RunRecord record) => Write(new
    {
        @event = "done",
        job.Input,
        job.Output,
        record.Seconds,
        record.Quality,
    });

    public override void Skipped(UpscaleJob job) => Write(new { @event = "skipped", job.Input, job.Output });

    public override void Failed(UpscaleJob job, string message)
    {
        Write(new { @event = "failed", job.Input, message });
        Console.Error.WriteLine($"zssr: {message}");
    }

    public override void Ended(QueueSummary summary)
    {
        if (summary.Images == 1)
            return;
        Write(new { @event = "summary", summary.Images, summary.Done, summary.Skipped, failed = summary.Failed.Count });
        if (summary.Failed.Count > 0)
            Console.Error.WriteLine($"zssr: {ProgressText.Failures(summary)}");
    }

    public override void Judged(UpscaleJob job, RunProgress progress, QualityRecord quality) =>
        Write(new { @event = "quality", job.Input, progress.Done, quality });

    public override void Trace(Exception failure) => Console.Error.WriteLine(failure);

    public override void Interrupted(UpscaleJob job)
    {
        Write(new { @event = "interrupted", job.Input, job.RunFolder });
        Console.Error.WriteLine(ProgressText.Interrupted(job));
    }

    private static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, RunRecord.Json(indented: false)));
}

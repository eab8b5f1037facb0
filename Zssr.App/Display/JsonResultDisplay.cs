using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>One JSON object a line on standard output for each result of an evaluation, and no progress.</summary>
internal sealed class JsonResultDisplay : RunDisplay
{
    public override void Begin(UpscaleJob job)
    {
    }

    public override void Report(UpscaleJob job, RunProgress progress)
    {
    }

    public override void Note(string line) => Console.Error.WriteLine(line);

    public override void Done(UpscaleJob job, RunRecord record) => Console.WriteLine(ProgressText.Done(record));

    public override void Measured(EvaluationResult result) => Console.WriteLine(result.ToJson());
}

using System.Globalization;
using Zssr.App.Charts;
using Zssr.App.InspectedRuns;
using Zssr.Nn;

namespace Zssr.App.RunPages;

/// <summary>Loss, learning rate, and the slope test where the preset has it.</summary>
internal sealed class TrainingSection : IPageSection
{
    private const int MostPoints = 400;

    public string Id => "training";

    public string Title => "Training";

    public string Lesson(InspectedRun run) =>
        "The loss says how far the outputs are from the fathers. It jumps because each iteration has another pair; what counts is the fall "
        + "of its median. The learning rate is the size of the optimizer's step.";

    public string Body(InspectedRun run)
    {
        TrainingHistory history = run.History;
        ChartLine[] losses =
        [
            new("loss", [.. history.Losses.Select((loss, i) => new CurvePoint(i, loss))], ChartLine.ColorOf(0)) { Thickness = 1 },
            new("median", LossCurve.Smoothed(history.Losses, MostPoints), ChartLine.ColorOf(1)),
        ];
        string unit = run.Settings.Peak == 1 ? "loss, of a white of 1" : $"loss, of a white of {Html.Number(run.Settings.Peak)}";
        string html = $"<p>{history.Losses.Count} iterations; "
            + $"the last loss is <b id=\"last-loss\">{Html.Number(history.Losses[^1], 6)}</b>.</p>"
            + Html.Chart(
                "Loss of every iteration and its running median",
                new LineChart(unit + ", logarithmic", losses) { IsLogarithmic = true })
            + Html.Chart(
                "Learning rate", new LineChart("learning rate, no unit", [new ChartLine("rate", Rates(history), ChartLine.ColorOf(0))]));
        return run.Settings.Training.RatePolicy == RatePolicyKind.SlopeTest ? html + SlopeTests(run) : html;
    }

    /// <summary>Steps: the rate holds until it changes.</summary>
    private static List<CurvePoint> Rates(TrainingHistory history)
    {
        var points = new List<CurvePoint>();
        foreach (RateChange change in history.Rates)
        {
            if (points.Count > 0)
                points.Add(new CurvePoint(change.Iteration, points[^1].Value));
            points.Add(new CurvePoint(change.Iteration, change.LearningRate));
        }

        points.Add(new CurvePoint(history.Losses.Count, history.LearningRate));
        return points;
    }

    private static string SlopeTests(InspectedRun run)
    {
        var test = new SlopeTest(run.Settings.Training.LearningRate);
        TrainingHistory history = run.History;
        CurvePoint[] errors = [.. history.ReconstructionErrors.Select(error => new CurvePoint(error.Iteration, error.MeanSquaredError))];
        string chart = Html.Chart(
            "Reconstruction of the image from its own son, on which the slope test decides",
            new LineChart("mean squared error, white = 1", [new ChartLine("error", errors, ChartLine.ColorOf(0))])
            {
                IsLogarithmic = true,
            });
        var rows = Enumerable.Range(1, history.Losses.Count / test.TestEvery).Select(i => i * test.TestEvery).Select(iteration =>
        {
            RateChange last = history.Rates.Last(rate => rate.Iteration < iteration);
            bool isPatient = iteration - last.Iteration > test.Patience;
            bool hasDropped = history.Rates.Any(rate => rate.Iteration == iteration);
            return new[]
            {
                iteration.ToString(CultureInfo.InvariantCulture),
                !isPatient ? "too soon after the last change"
                    : hasDropped ? "levelled off: the rate is divided by ten" : "still falling: go on",
            };
        });
        return chart + Html.Table(
            $"The slope test, every {test.TestEvery} iterations, once more than {test.Patience} have passed since the rate changed",
            ["before iteration", "decision"], rows);
    }
}

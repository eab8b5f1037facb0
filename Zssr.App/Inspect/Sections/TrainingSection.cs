using System.Globalization;
using Zssr.App.Reports;
using Zssr.Nn;

namespace Zssr.App.Inspect.Sections;

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
        (double, double)[] losses = [.. history.Losses.Select((loss, i) => ((double)i, loss))];
        (double, double)[] median =
            [.. LossCurve.Smoothed(history.Losses, MostPoints).Select(point => ((double)point.Iteration, point.Value))];
        string unit = run.Settings.Peak == 1 ? "loss, of a white of 1" : $"loss, of a white of {Html.Number(run.Settings.Peak)}";
        string html = $"<p>{history.Losses.Count} iterations; "
            + $"the last loss is <b id=\"last-loss\">{Html.Number(history.Losses[^1], 6)}</b>.</p>"
            + new SvgChart("Loss of every iteration and its running median", "iteration", unit + ", logarithmic", IsLogarithmic: true)
                .Draw([new ChartLine("loss", losses), new ChartLine("median", median)])
            + new SvgChart("Learning rate", "iteration", "learning rate, no unit").Draw([new ChartLine("rate", Rates(history))]);
        return run.Settings.Training.RatePolicy == RatePolicyKind.SlopeTest ? html + SlopeTests(run) : html;
    }

    /// <summary>Steps: the rate holds until it changes.</summary>
    private static List<(double, double)> Rates(TrainingHistory history)
    {
        var points = new List<(double, double)>();
        foreach (RateChange change in history.Rates)
        {
            if (points.Count > 0)
                points.Add((change.Iteration, points[^1].Item2));
            points.Add((change.Iteration, change.LearningRate));
        }

        points.Add((history.Losses.Count, history.LearningRate));
        return points;
    }

    private static string SlopeTests(InspectedRun run)
    {
        var test = new SlopeTest(run.Settings.Training.LearningRate);
        TrainingHistory history = run.History;
        (double, double)[] errors =
            [.. history.ReconstructionErrors.Select(error => ((double)error.Iteration, error.MeanSquaredError))];
        string chart = new SvgChart(
            "Reconstruction of the image from its own son, on which the slope test decides", "iteration", "mean squared error, white = 1",
            IsLogarithmic: true).Draw([new ChartLine("error", errors)]);
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

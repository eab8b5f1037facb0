using Zssr.App.Charts;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>Norms of weights and gradients.</summary>
internal sealed class NormsSection : IPageSection
{
    public string Id => "norms";

    public string Title => "Weights and gradients";

    public string Lesson(InspectedRun run) =>
        "How large the weights of each layer are, and how hard the loss pulls at them. A gradient that vanishes on the way from the last "
        + "layer to the first would leave the first layers untrained; one that explodes would destroy them.";

    public string Body(InspectedRun run) =>
        Html.Chart("Norm of each layer's weights", new LineChart("√(Σ w²), no unit", Lines(run, sample => sample.Weights)))
        + Html.Chart(
            "Norm of each layer's gradients",
            new LineChart("√(Σ (∂loss/∂w)²), logarithmic", Lines(run, sample => sample.Gradients)) { IsLogarithmic = true });

    private static IReadOnlyList<ChartLine> Lines(InspectedRun run, Func<NormSample, IReadOnlyList<double>> values) =>
    [
        .. Enumerable.Range(0, run.LayerTimes.Count).Select(layer => new ChartLine(
            $"layer {layer + 1}",
            [.. run.Norms.Select(sample => new CurvePoint(sample.Iteration, values(sample)[layer]))],
            ChartLine.ColorOf(layer))),
    ];
}

namespace Zssr.App.Inspect.Sections;

/// <summary>Norms of weights and gradients.</summary>
internal sealed class NormsSection : IPageSection
{
    public string Id => "norms";

    public string Title => "Weights and gradients";

    public string Lesson(InspectedRun run) =>
        "How large the weights of each layer are, and how hard the loss pulls at them. A gradient that vanishes on the way from the last "
        + "layer to the first would leave the first layers untrained; one that explodes would destroy them.";

    public string Body(InspectedRun run) =>
        new SvgChart("Norm of each layer's weights", "iteration", "√(Σ w²), no unit").Draw(Lines(run, sample => sample.Weights))
        + new SvgChart("Norm of each layer's gradients", "iteration", "√(Σ (∂loss/∂w)²), logarithmic", IsLogarithmic: true)
            .Draw(Lines(run, sample => sample.Gradients));

    private static IReadOnlyList<ChartLine> Lines(InspectedRun run, Func<NormSample, IReadOnlyList<double>> values) =>
    [
        .. Enumerable.Range(0, run.LayerTimes.Count).Select(layer => new ChartLine(
            $"layer {layer + 1}", [.. run.Norms.Select(sample => ((double)sample.Iteration, values(sample)[layer]))])),
    ];
}

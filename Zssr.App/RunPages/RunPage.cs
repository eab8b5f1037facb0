using System.Text;
using Zssr.App.InspectedRuns;
using Zssr.Nn;

namespace Zssr.App.RunPages;

/// <summary>The page: one HTML file that needs nothing but a browser, no network and no other file.</summary>
internal static class RunPage
{
    private static readonly IPageSection[] Sections =
    [
        new ImageSection(), new PairsSection(), new NetworkSection(), new TrainingSection(), new NormsSection(), new FiltersSection(),
        new ActivationsSection(), new ResidualSection(), new EnsembleSection(), new BackProjectionSection(), new OutputSection(),
    ];

    /// <summary>Writes the page of a run.</summary>
    public static string Of(InspectedRun run)
    {
        string title = $"{run.ImageName}: inside a run of zssr";
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(Html.Text(title));
        // Whatever the page may hold one day, a browser fetches nothing for it.
        html.Append("</title><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ");
        html.Append("style-src 'unsafe-inline'; script-src 'unsafe-inline'\"><link rel=\"icon\" href=\"data:,\">");
        html.Append("<style>").Append(Asset("inspect.css")).Append("</style></head>\n<body><header>");
        html.Append("<h1>").Append(Html.Text(title)).Append("</h1><p>").Append(Html.Text(Summary(run)));
        html.Append("</p><nav aria-label=\"Sections\">");
        html.AppendJoin(" ", Sections.Select(section => $"<a href=\"#{section.Id}\">{section.Title}</a>"));
        html.Append("</nav></header>\n<main>");
        foreach (IPageSection section in Sections)
        {
            html.Append($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">");
            html.Append($"<h2 id=\"{section.Id}-title\">{section.Title}</h2>");
            html.Append("<p class=\"lesson\">").Append(section.Lesson(run)).Append("</p>\n");
            html.Append(section.Body(run)).Append("</section>\n");
        }

        return html.Append("</main><script>").Append(Asset("inspect.js")).Append("</script></body></html>\n").ToString();
    }

    private static string Summary(InspectedRun run) =>
        $"Preset {run.Settings.Preset}, scale {string.Join(',', run.Settings.Scales)}, {run.History.Losses.Count} iterations, "
        + $"seed {run.Settings.Seed}, on {run.Device.Name} ({run.Device.Description})."
        + (run.Settings.Start is { } start ? $" It began with the start {start.Name} (SHA-256 {start.Sha256})." : "")
        + (run.Stages.Count > 1 ? $" This is training {run.Stage + 1}: {Step(run.Stages[run.Stage])}." : "");

    private static string Step(ScaleStage stage) => stage.FromBase == stage.FromInput
        ? $"from the image to {stage.FromBase} times its size"
        : $"from an earlier result by {stage.FromBase}, to {stage.FromInput} times the image's size";

    private static string Asset(string name)
    {
        using Stream stream = typeof(RunPage).Assembly.GetManifestResourceStream($"Zssr.App.RunPages.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

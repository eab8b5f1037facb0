using System.Text;
using Zssr.App.InspectedRuns;
using Zssr.App.Reports;

namespace Zssr.App.RunPages;

/// <summary>Kernels of the trained network as small pictures.</summary>
internal sealed class FiltersSection : IPageSection
{
    private const int MostShown = 32, MostOfOthers = 16, PixelsAWeight = 10;

    public string Id => "filters";

    public string Title => "Filters";

    public string Lesson(InspectedRun run) =>
        "What a layer looks for: a positive weight (red) adds the pixel below it, a negative weight (blue) subtracts it, so a red and a "
        + "blue side make an edge detector. Each filter has its own colour scale.";

    public string Body(InspectedRun run)
    {
        IReadOnlyList<(ParameterValues Weight, ParameterValues? Bias)> layers = NetworkSection.LayersOf(run.Moments[^1]);
        var html = new StringBuilder();
        for (int i = 0; i < layers.Count; i++)
        {
            ParameterValues weight = layers[i].Weight;
            bool isLast = i == layers.Count - 1, isOuter = i == 0 || isLast;
            (int inputs, int outputs) = (weight.Shape[2], weight.Shape[3]);
            // The first layer's filters are seen by their inputs, which are colours; the last layer's by what they paint with.
            (int Input, int Output)[] shown = isLast
                ? [.. Enumerable.Range(0, Math.Min(inputs, MostShown)).SelectMany(c => Enumerable.Range(0, outputs).Select(k => (c, k)))]
                : [.. Enumerable.Range(0, Math.Min(outputs, isOuter ? MostShown : MostOfOthers))
                    .SelectMany(k => Enumerable.Range(0, Math.Min(inputs, isOuter ? 3 : 1)).Select(c => (c, k)))];
            html.Append(isOuter ? "<div>" : "<details>");
            string heading = $"Layer {i + 1}: {shown.Length} of {inputs * outputs} kernels";
            html.Append(isOuter ? $"<h3>{heading}</h3>" : $"<summary>{heading}</summary>").Append("<div class=\"kernels\">");
            foreach ((int c, int k) in shown)
            {
                string name = $"Layer {i + 1}, kernel from channel {c} to channel {k}";
                html.Append("<span title=\"").Append(name).Append("\">").Append(Html.Image(Kernel(weight, c, k), name)).Append("</span>");
            }

            html.Append("</div>").Append(isOuter ? "</div>" : "</details>");
        }

        return html.ToString();
    }

    private static Images.Picture Kernel(ParameterValues weight, int input, int output)
    {
        double full = 0;
        for (int i = 0; i < weight.Shape[0] * weight.Shape[1]; i++)
            full = Math.Max(full, Math.Abs(At(i / weight.Shape[1], i % weight.Shape[1])));
        return PictureBlocks.Enlarge(Maps.Signed(weight.Shape[0], weight.Shape[1], At, full), PixelsAWeight);

        double At(int y, int x) => weight.Values[(((((y * weight.Shape[1]) + x) * weight.Shape[2]) + input) * weight.Shape[3]) + output];
    }
}

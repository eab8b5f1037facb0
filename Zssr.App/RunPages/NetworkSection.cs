using System.Globalization;
using System.Text;
using Zssr.App.InspectedRuns;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.RunPages;

/// <summary>The layers as a diagram and as a table.</summary>
internal sealed class NetworkSection : IPageSection
{
    private const int Box = 104, Gap = 26, PerRow = 8, RowHeight = 108;

    public string Id => "network";

    public string Title => "The network";

    public string Lesson(InspectedRun run) => "Each layer slides small kernels over the picture; " + run.Settings.Network.Form switch
    {
        NetworkForm.BlockResiduals => "a dashed line over a layer adds its input to its result.",
        NetworkForm.SubPixel =>
            $"they see it small. The channels of the last layer are the values of {run.Settings.NetworkEnlargement.Vertical} × "
            + $"{run.Settings.NetworkEnlargement.Horizontal} pixels of the large picture, and go to their places there. The dashed line "
            + "carries the input, interpolated, past all layers, so the network has only the missing detail to learn.",
        _ => "the dashed line carries the input past all of them, so the network has only the missing detail to learn.",
    };

    public string Body(InspectedRun run)
    {
        Shape[] weights = [.. LayersOf(run.Moments[^1]).Select(layer => layer.Weight.Shape)];
        NetworkSettings network = run.Settings.Network;
        int rows = (weights.Length + PerRow - 1) / PerRow, height = (rows * RowHeight) + 36;
        int width = (Math.Min(weights.Length, PerRow) * (Box + Gap)) + Gap;
        var svg = new StringBuilder("<div class=\"scroll\" tabindex=\"0\">");
        Append(svg, $"<svg class=\"net\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\" ");
        Append(svg, $"aria-label=\"{weights.Length} convolution layers one after the other\">");
        for (int i = 0; i < weights.Length; i++)
        {
            int x = Gap + (i % PerRow * (Box + Gap)), y = 34 + (i / PerRow * RowHeight);
            bool isLast = i == weights.Length - 1;
            Append(svg, $"<line x1=\"{x - Gap}\" x2=\"{x}\" y1=\"{y + 34}\" y2=\"{y + 34}\"/>");
            Append(svg, $"<rect x=\"{x}\" y=\"{y}\" width=\"{Box}\" height=\"68\" rx=\"6\"/>");
            Append(svg, $"<text x=\"{x + 8}\" y=\"{y + 18}\">layer {i + 1}</text>");
            Append(svg, $"<text x=\"{x + 8}\" y=\"{y + 37}\">{weights[i][0]} × {weights[i][1]}, {weights[i][2]} → {weights[i][3]}</text>");
            Append(svg, $"<text x=\"{x + 8}\" y=\"{y + 56}\">{(isLast ? "no ReLU" : "ReLU")}</text>");
            if (network.Form == NetworkForm.BlockResiduals && weights[i][2] == weights[i][3])
                Append(svg, $"<path class=\"skip\" d=\"M{x - 8} {y + 34} V{y - 10} H{x + Box + 8} V{y + 34}\"/>");
        }

        if (network.Form != NetworkForm.BlockResiduals)
        {
            int end = Gap + ((weights.Length - 1) % PerRow * (Box + Gap)) + Box + 10;
            int right = rows == 1 ? end : width - 8, bottom = 68 + ((rows - 1) * RowHeight);
            Append(svg, $"<path class=\"skip\" d=\"M10 68 V16 H{right} V{bottom} H{end}\"/>");
        }

        return svg.Append("</svg></div>").ToString() + LayerTable(run, weights);
    }

    /// <summary>The weights of each layer with the bias, if there is one.</summary>
    public static IReadOnlyList<(ParameterValues Weight, ParameterValues? Bias)> LayersOf(Moment moment) =>
    [
        .. moment.Parameters.Where(parameter => parameter.Shape.Rank == 4).Select(weight => (
            weight,
            moment.Parameters.FirstOrDefault(other => other.Name == weight.Name.Replace("weight", "bias", StringComparison.Ordinal)))),
    ];

    private static string LayerTable(InspectedRun run, Shape[] weights)
    {
        IReadOnlyList<(ParameterValues Weight, ParameterValues? Bias)> layers = LayersOf(run.Moments[^1]);
        long pixels = (long)run.Given.Height * run.Given.Width;
        var rows = weights.Select((shape, i) => new[]
        {
            Whole(i + 1), $"{run.Given.Height} × {run.Given.Width} × {shape[3]}",
            Whole(shape.ElementCount + (layers[i].Bias?.Values.Length ?? 0)), Html.Number(2.0 * shape.ElementCount * pixels / 1e9, 3),
            Html.Number(run.LayerTimes[i].Forward, 3), Html.Number(run.LayerTimes[i].Backward, 3),
        }).Append(
        [
            "all", "", Whole(run.Moments[^1].Parameters.Sum(parameter => parameter.Values.Length)),
            Html.Number(weights.Sum(shape => 2.0 * shape.ElementCount * pixels / 1e9), 3),
            Html.Number(run.LayerTimes.Sum(time => time.Forward), 3), Html.Number(run.LayerTimes.Sum(time => time.Backward), 3),
        ]);
        return Html.Table(
            $"Layers; times are the shortest measured, for one training crop on {Html.Text(run.Device.Name)}",
            ["layer", "output", "parameters", "10⁹ operations, whole image", "forward, ms", "backward, ms"], rows);
    }

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));
}

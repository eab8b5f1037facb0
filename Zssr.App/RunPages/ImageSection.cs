using System.Globalization;
using System.Text;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>The image, with the crops that were learned from.</summary>
internal sealed class ImageSection : IPageSection
{
    public string Id => "image";

    public string Title => "The image";

    public string Lesson(InspectedRun run) =>
        "This picture is the only training data: each iteration learns from a part of it. The rectangles are the first few.";

    public string Body(InspectedRun run)
    {
        (int width, int height) = (run.Input.Width, run.Input.Height);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"over\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">");
        int drawn = 0;
        foreach ((ShownPair pair, int i) in run.Pairs.Select((pair, i) => (pair, i)))
        {
            if (pair.Origin.Area is not { } area)
                continue;
            drawn++;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"c{i % 8}\" x=\"{area.Left * width:F1}\" y=\"{area.Top * height:F1}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"width=\"{area.Width * width:F1}\" height=\"{area.Height * height:F1}\"/>");
        }

        svg.Append("</svg>");
        Images.Picture shown = Fitting.Shrink(run.Input);
        string input = Html.Image(shown, $"The input, {width} × {height} pixels", Fitting.WidthFor(shown, Fitting.Usual));
        string image = $"<div class=\"stack\">{input}{svg}</div>";
        string others = drawn == run.Pairs.Count
            ? "" : $" {run.Pairs.Count - drawn} of the first {run.Pairs.Count} were made by affine maps and are not drawn.";
        return Html.Figure(image, $"{Html.Text(run.ImageName)}, {width} × {height} pixels.{others}");
    }
}

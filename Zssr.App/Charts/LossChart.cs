using System.Globalization;
using System.Text;

namespace Zssr.App.Charts;

/// <summary>A drop of the learning rate: from this iteration on it is <paramref name="Rate"/>.</summary>
internal readonly record struct RateDrop(int Iteration, double Rate);

/// <summary>Draws how the loss fell during training, as an SVG document.</summary>
internal static class LossChart
{
    private const int Width = 900, Height = 500, TitleHeight = 52, LegendHeight = 30, LegendSlot = 190;

    /// <summary>More would only lie over each other, and make the file large.</summary>
    private const int MostPoints = 2000;

    private const string Raw = "#a9c7e4", Smooth = "#1f62a8", Psnr = "#c84b31";

    /// <summary>Draws the chart.</summary>
    /// <param name="settings">What was trained and how, for the line below the title; may be empty.</param>
    /// <param name="losses">The loss of each iteration. NaN and infinite ones are left out.</param>
    /// <param name="drops">When the learning rate fell, each marked by a vertical line.</param>
    /// <param name="psnr">PSNR in dB of the reconstruction at some iterations, drawn on a second axis; none by default.</param>
    /// <returns>
    /// An SVG document on white. The loss axis is logarithmic where losses span more than a decade, and then zeros are left out.
    /// </returns>
    public static string Svg(
        string settings, IReadOnlyList<double> losses, IReadOnlyList<RateDrop> drops, IReadOnlyList<CurvePoint>? psnr = null)
    {
        bool isLogarithmic = SpansMoreThanADecade(losses);
        if (isLogarithmic)
            losses = [.. losses.Select(loss => loss > 0 ? loss : double.NaN)];
        CurvePoint[] measured = [.. (psnr ?? []).Where(point => double.IsFinite(point.Value))];
        List<ChartLine> lines =
        [
            new("loss", LossCurve.Thinned(losses, MostPoints), Raw) { Thickness = 1 },
            new("moving median", LossCurve.Smoothed(losses, MostPoints / 2), Smooth) { Thickness = 2.5 },
        ];
        if (measured.Length > 0)
            lines.Add(new ChartLine("reconstruction PSNR", measured, Psnr) { Thickness = 1, HasDots = true, IsOnRight = true });
        return Document(settings, new LineChart("loss", lines)
        {
            Width = Width,
            Height = Height - TitleHeight - LegendHeight,
            IsLogarithmic = isLogarithmic,
            RightName = "reconstruction PSNR, dB",
            Marks = [.. drops.Select(drop => new ChartMark(
                drop.Iteration, "rate " + drop.Rate.ToString("0.##e-0", CultureInfo.InvariantCulture)))],
        });
    }

    private static bool SpansMoreThanADecade(IReadOnlyList<double> losses)
    {
        double[] positive = [.. losses.Where(loss => double.IsFinite(loss) && loss > 0)];
        return positive.Length > 0 && positive.Max() > 10 * positive.Min();
    }

    /// <summary>The chart between its title and its legend.</summary>
    private static string Document(string settings, LineChart chart)
    {
        var svg = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {Width} {Height}\" fill=\"{LineChart.Ink}\" ");
        svg.Append("font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect fill=\"#ffffff\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<g text-anchor=\"middle\"><text x=\"{Width / 2}\" y=\"28\" font-size=\"18\" ");
        svg.Append("font-weight=\"bold\">Training loss</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"46\">{LineChart.Escaped(settings)}</text></g>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {TitleHeight})\">\n{chart.Draw()}</g>\n");
        // Slots of one width: no text needs to be measured, which is another length in every program that shows the file.
        for (int i = 0, x = (Width - (LegendSlot * chart.Lines.Count)) / 2; i < chart.Lines.Count; i++, x += LegendSlot)
        {
            ChartLine line = chart.Lines[i];
            svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"{line.Color}\" stroke-width=\"{line.Thickness}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"x1=\"{x}\" x2=\"{x + 24}\" y1=\"{Height - 18}\" y2=\"{Height - 18}\"/>");
            if (line.HasDots)
                svg.Append(CultureInfo.InvariantCulture, $"<circle fill=\"{line.Color}\" cx=\"{x + 12}\" cy=\"{Height - 18}\" r=\"3.5\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 32}\" y=\"{Height - 14}\">{LineChart.Escaped(line.Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}

using System.Globalization;
using System.Text;

namespace Zssr.App.Inspect;

/// <summary>A curve.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A line chart as inline SVG; its colours come from the page's style, so that they suit light and dark.</summary>
/// <param name="Title">What is seen, also for those who cannot see it.</param>
/// <param name="XLabel">What the horizontal axis counts in whole numbers.</param>
/// <param name="YLabel">What the vertical axis measures, with its unit.</param>
/// <param name="IsLogarithmic">Whether the vertical axis shows magnitudes; values of 0 and below are left out then.</param>
internal sealed record SvgChart(string Title, string XLabel, string YLabel, bool IsLogarithmic = false)
{
    private const int Width = 640, Height = 300, Left = 76, Right = 14, Top = 14, Bottom = 46, Ticks = 5, Colours = 8;

    /// <summary>Draws the curves.</summary>
    public string Draw(IReadOnlyList<ChartLine> lines)
    {
        ChartLine[] shown = [.. lines.Select(line => line with { Points = [.. line.Points.Where(IsShown)] })];
        (double X, double Y)[] all = [.. shown.SelectMany(line => line.Points)];
        if (all.Length == 0)
            return "<p>There is nothing to draw.</p>";
        (double x0, double x1) = Range(all.Select(point => point.X));
        (double y0, double y1) = Range(all.Select(point => Scaled(point.Y)));
        var svg = new StringBuilder();
        Append(svg, $"<figure class=\"chart\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        for (int i = 0; i < Ticks; i++)
        {
            double part = i / (Ticks - 1.0), value = y0 + (part * (y1 - y0)), y = Height - Bottom - (part * (Height - Top - Bottom));
            Append(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>");
            string label = Html.Number(IsLogarithmic ? Math.Pow(10, value) : value, 3);
            Append(svg, $"<text x=\"{Left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{label}</text>");
            double x = Math.Round(x0 + (part * (x1 - x0)));
            Append(svg, $"<text x=\"{X(x):F1}\" y=\"{Height - 26}\" text-anchor=\"middle\">{x:F0}</text>");
        }

        Append(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Html.Text(XLabel)}</text>");
        int middle = (Top + Height - Bottom) / 2;
        Append(svg, $"<text transform=\"translate(14 {middle}) rotate(-90)\" text-anchor=\"middle\">{Html.Text(YLabel)}</text>");
        for (int i = 0; i < shown.Length; i++)
        {
            string points = string.Join(' ', shown[i].Points.Select(Place));
            Append(svg, $"<polyline class=\"c{i % Colours}\" points=\"{points}\"/>");
        }

        svg.Append("</svg><figcaption>").Append(Html.Text(Title)).Append(". ");
        svg.AppendJoin(" ", shown.Select((line, i) =>
            $"<span class=\"key\"><i class=\"c{i % Colours}\"></i>{Html.Text(line.Name)}</span>"));
        return svg.Append("</figcaption></figure>\n").ToString();

        string Place((double X, double Y) point) => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}");

        double X(double x) => Left + ((x - x0) / (x1 - x0) * (Width - Left - Right));

        double Y(double y) => Height - Bottom - ((Scaled(y) - y0) / (y1 - y0) * (Height - Top - Bottom));
    }

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private bool IsShown((double X, double Y) point) => double.IsFinite(point.Y) && (!IsLogarithmic || point.Y > 0);

    private double Scaled(double y) => IsLogarithmic ? Math.Log10(y) : y;

    private static (double Least, double Largest) Range(IEnumerable<double> values)
    {
        (double least, double largest) = (values.Min(), values.Max());
        if (largest > least)
            return (least, largest);
        double room = least == 0 ? 1 : Math.Abs(least) / 10;
        return (least - room, largest + room);
    }
}

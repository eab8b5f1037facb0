using System.Net;
using System.Text;
using Zssr.Nn;

namespace Zssr.App.Charts;

/// <summary>Curves over the iterations of a training, as elements of SVG.</summary>
/// <remarks>
/// Every element has its look with it, for programs that know no style sheets. In a page of HTML, the style of the page may overrule it
/// through the classes <c>grid</c> and <c>plot</c>, so that it suits light and dark.
/// </remarks>
/// <param name="Name">What the left axis measures, with its unit.</param>
/// <param name="Lines">The curves; of their points those are drawn that have a finite value, above 0 on a logarithmic axis.</param>
internal sealed record LineChart(string Name, IReadOnlyList<ChartLine> Lines)
{
    private const int Top = 14, Bottom = 46, Side = 80, NarrowSide = 18;
    private const int RowsOfTick = 40, ColumnsOfTick = 60;

    /// <summary>The colour of lines and words.</summary>
    public const string Ink = "#333b44";

    private const string Grid = "#e6e9ed", MarkColor = "#8a6d3b";

    /// <summary>Columns of the whole, in pixels.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Rows of the whole, in pixels.</summary>
    public int Height { get; init; } = 300;

    /// <summary>Whether the left axis shows magnitudes.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>What the right axis measures, with its unit; there is one where a line is on it.</summary>
    public string RightName { get; init; } = "";

    /// <summary>Vertical lines.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>Whether there is a point to draw.</summary>
    public bool HasPoints => Lines.Any(line => Shown(line).Any());

    private ChartLine? RightLine => Lines.FirstOrDefault(line => line.IsOnRight && Shown(line).Any());

    private int PlotRight => Width - (RightLine is null ? NarrowSide : Side);

    private int PlotBottom => Height - Bottom;

    /// <summary>The elements, in a field of <see cref="Width"/> × <see cref="Height"/> pixels.</summary>
    public string Draw()
    {
        var svg = new StringBuilder();
        ChartAxis iterations = ChartAxis.Of(
            Lines.SelectMany(Shown).Select(point => (double)point.Iteration).Concat(Marks.Select(mark => (double)mark.Iteration)),
            roomBelow: 0.01, roomAbove: 0.01);
        ChartAxis left = ChartAxis.Of(Values(isOnRight: false), IsLogarithmic);
        // Words beside marks are at the top.
        ChartAxis right = ChartAxis.Of(Values(isOnRight: true), roomBelow: 0.1, roomAbove: 0.25);
        DrawGrid(svg, iterations, left);
        if (RightLine is { } line)
            DrawRightAxis(svg, right, line.Color);
        foreach (ChartMark mark in Marks)
            Draw(svg, mark, X(iterations, mark.Iteration));
        foreach (ChartLine curve in Lines)
        {
            ChartAxis values = curve.IsOnRight ? right : left;
            Draw(svg, curve, [.. Shown(curve).Select(point => (X(iterations, point.Iteration), Y(values, point.Value)))]);
        }

        return svg.ToString();
    }

    /// <summary>A text in which nothing is markup.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(OneLine.Of(text));

    private IEnumerable<CurvePoint> Shown(ChartLine line) => line.Points.Where(
        point => double.IsFinite(point.Value) && (point.Value > 0 || line.IsOnRight || !IsLogarithmic));

    private IEnumerable<double> Values(bool isOnRight) =>
        Lines.Where(line => line.IsOnRight == isOnRight).SelectMany(Shown).Select(point => point.Value);

    private double X(ChartAxis axis, double value) => Side + (axis.Part(value) * (PlotRight - Side));

    private double Y(ChartAxis axis, double value) => PlotBottom - (axis.Part(value) * (PlotBottom - Top));

    private void DrawGrid(StringBuilder svg, ChartAxis iterations, ChartAxis left)
    {
        foreach (double tick in left.Ticks((PlotBottom - Top) / RowsOfTick))
        {
            double y = Y(left, tick);
            Append(svg, $"<line class=\"grid\" stroke=\"{Grid}\" x1=\"{Side}\" x2=\"{PlotRight}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>");
            Append(svg, $"<text x=\"{Side - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{ChartAxis.Label(tick)}</text>\n");
        }

        foreach (double tick in iterations.Ticks((PlotRight - Side) / ColumnsOfTick, finest: 1))
        {
            double x = X(iterations, tick);
            Append(svg, $"<line class=\"grid\" stroke=\"{Grid}\" x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Top}\" y2=\"{PlotBottom}\"/>");
            Append(svg, $"<text x=\"{x:F1}\" y=\"{PlotBottom + 18}\" text-anchor=\"middle\">{tick:F0}</text>\n");
        }

        Append(svg, $"<rect class=\"plot\" fill=\"none\" stroke=\"{Ink}\" x=\"{Side}\" y=\"{Top}\" ");
        Append(svg, $"width=\"{PlotRight - Side}\" height=\"{PlotBottom - Top}\"/>\n");
        Append(svg, $"<text x=\"{(Side + PlotRight) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">iteration</text>\n");
        int middle = (Top + PlotBottom) / 2;
        Append(svg, $"<text transform=\"translate(14 {middle}) rotate(-90)\" text-anchor=\"middle\">{Escaped(Name)}</text>\n");
    }

    private void DrawRightAxis(StringBuilder svg, ChartAxis right, string color)
    {
        Append(svg, $"<g fill=\"{color}\">");
        foreach (double tick in right.Ticks((PlotBottom - Top) / RowsOfTick))
            Append(svg, $"<text x=\"{PlotRight + 6}\" y=\"{Y(right, tick) + 4:F1}\">{ChartAxis.Label(tick)}</text>\n");
        Append(svg, $"<text transform=\"translate({Width - 10} {(Top + PlotBottom) / 2}) rotate(-90)\" text-anchor=\"middle\">");
        Append(svg, $"{Escaped(RightName)}</text></g>\n");
    }

    private void Draw(StringBuilder svg, ChartMark mark, double x)
    {
        Append(svg, $"<line stroke=\"{MarkColor}\" stroke-dasharray=\"4 3\" x1=\"{x:F1}\" x2=\"{x:F1}\" ");
        Append(svg, $"y1=\"{Top}\" y2=\"{PlotBottom}\"/>");
        Append(svg, $"<text fill=\"{MarkColor}\" font-size=\"11\" transform=\"translate({x - 4:F1} {Top + 6}) rotate(-90)\" ");
        Append(svg, $"text-anchor=\"end\">{Escaped(mark.Text)}</text>\n");
    }

    private static void Draw(StringBuilder svg, ChartLine line, (double X, double Y)[] points)
    {
        Append(svg, $"<polyline fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"{line.Thickness}\" ");
        svg.Append("stroke-linejoin=\"round\" points=\"");
        svg.AppendJoin(' ', points.Select(point => FormattableString.Invariant($"{point.X:F1},{point.Y:F1}"))).Append("\"/>\n");
        foreach ((double x, double y) in line.HasDots || points.Length == 1 ? points : [])
            Append(svg, $"<circle fill=\"{line.Color}\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3.5\"/>\n");
    }

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));
}

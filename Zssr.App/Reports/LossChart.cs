using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Zssr.App.Reports;

/// <summary>A drop of the learning rate: from this iteration on it is <paramref name="Rate"/>.</summary>
internal readonly record struct RateDrop(int Iteration, double Rate);

/// <summary>Draws how the loss fell during training, as an SVG document.</summary>
internal static class LossChart
{
    private const double Width = 900, Height = 500;

    /// <summary>More would only lie over each other, and make the file large.</summary>
    private const int MostPoints = 2000;

    private const string LossAxis = "loss", PsnrAxis = "psnr";

    private static readonly OxyColor Ink = OxyColor.FromRgb(0x33, 0x3B, 0x44), Grid = OxyColor.FromRgb(0xE6, 0xE9, 0xED);

    private static readonly OxyColor Raw = OxyColor.FromRgb(0xA9, 0xC7, 0xE4), Smooth = OxyColor.FromRgb(0x1F, 0x62, 0xA8);

    private static readonly OxyColor Drop = OxyColor.FromRgb(0x8A, 0x6D, 0x3B), Psnr = OxyColor.FromRgb(0xC8, 0x4B, 0x31);

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
        CurvePoint[] measured = [.. (psnr ?? []).Where(point => double.IsFinite(point.Value))];
        bool isLogarithmic = SpansMoreThanADecade(losses);
        if (isLogarithmic)
            losses = [.. losses.Select(loss => loss > 0 ? loss : double.NaN)];
        PlotModel model = EmptyModel(settings);
        model.Axes.Add(IterationAxis(losses, drops, measured));
        model.Axes.Add(ValueAxis(losses, isLogarithmic));
        model.Series.Add(Line("loss", LossCurve.Thinned(losses, MostPoints), LossAxis, Raw, 1));
        model.Series.Add(Line("moving median", LossCurve.Smoothed(losses, MostPoints / 2), LossAxis, Smooth, 2.5));
        if (measured.Length > 0)
            AddPsnr(model, measured);
        foreach (RateDrop drop in drops)
            model.Annotations.Add(Mark(drop));
        return new SvgExporter
        {
            Width = Width,
            Height = Height,
            TextMeasurer = new SvgTextMeasurer(),
            // Not all programs that show SVG know its `dominant-baseline`.
            UseVerticalTextAlignmentWorkaround = true,
        }.ExportToString(model);
    }

    private static PlotModel EmptyModel(string settings)
    {
        var model = new PlotModel
        {
            Title = "Training loss",
            Subtitle = settings,
            TitleFontSize = 18,
            SubtitleFontSize = 12,
            DefaultFont = "Helvetica, Arial, sans-serif",
            Background = OxyColors.White,
            TextColor = Ink,
            PlotAreaBorderColor = Ink,
            Padding = new OxyThickness(12),
        };
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendMargin = 0,
        });
        return model;
    }

    private static bool SpansMoreThanADecade(IReadOnlyList<double> losses)
    {
        double[] positive = [.. losses.Where(loss => double.IsFinite(loss) && loss > 0)];
        return positive.Length > 0 && positive.Max() > 10 * positive.Min();
    }

    private static LinearAxis IterationAxis(IReadOnlyList<double> losses, IReadOnlyList<RateDrop> drops, CurvePoint[] psnr)
    {
        int last = drops.Select(drop => drop.Iteration).Concat(psnr.Select(point => point.Iteration)).Append(losses.Count).Append(1).Max();
        return new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "iteration",
            // A little more on both sides, or the dots at the ends would be cut in half.
            Minimum = -0.01 * last,
            Maximum = 1.01 * last,
            MinimumMajorStep = 1,
            MinimumMinorStep = 1,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = Grid,
            TicklineColor = Ink,
        };
    }

    private static Axis ValueAxis(IReadOnlyList<double> losses, bool isLogarithmic)
    {
        Axis axis = isLogarithmic
            ? new LogarithmicAxis { MinorGridlineStyle = LineStyle.Solid, MinorGridlineColor = OxyColor.FromAColor(90, Grid) }
            : new LinearAxis { MinimumPadding = 0.05, MaximumPadding = 0.05 };
        (axis.Key, axis.Title, axis.Position) = (LossAxis, "loss", AxisPosition.Left);
        (axis.MajorGridlineStyle, axis.MajorGridlineColor, axis.TicklineColor) = (LineStyle.Solid, Grid, Ink);
        axis.LabelFormatter = value => value.ToString("G3", CultureInfo.InvariantCulture);
        if (!losses.Any(double.IsFinite))
            (axis.Minimum, axis.Maximum) = (0, 1);
        return axis;
    }

    private static LineSeries Line(string title, IReadOnlyList<CurvePoint> points, string axis, OxyColor color, double thickness)
    {
        // A single point has no line, so it is drawn as a dot.
        MarkerType marker = points.Count == 1 ? MarkerType.Circle : MarkerType.None;
        var line = new LineSeries
        {
            Title = title,
            YAxisKey = axis,
            Color = color,
            StrokeThickness = thickness,
            MarkerType = marker,
            MarkerFill = color,
            LineJoin = LineJoin.Round,
        };
        line.Points.AddRange(points.Select(point => new DataPoint(point.Iteration, point.Value)));
        return line;
    }

    private static void AddPsnr(PlotModel model, CurvePoint[] psnr)
    {
        model.Axes.Add(new LinearAxis
        {
            Key = PsnrAxis,
            Title = "reconstruction PSNR, dB",
            Position = AxisPosition.Right,
            MinimumPadding = 0.1,
            // The marks' labels are at the top.
            MaximumPadding = 0.25,
            TextColor = Psnr,
            TitleColor = Psnr,
            TicklineColor = Psnr,
        });
        LineSeries line = Line("reconstruction PSNR", psnr, PsnrAxis, Psnr, 1);
        (line.MarkerType, line.MarkerSize, line.MarkerFill) = (MarkerType.Circle, 3.5, Psnr);
        model.Series.Add(line);
    }

    private static LineAnnotation Mark(RateDrop drop) => new()
    {
        Type = LineAnnotationType.Vertical,
        X = drop.Iteration,
        YAxisKey = LossAxis,
        Color = Drop,
        LineStyle = LineStyle.Dash,
        StrokeThickness = 1,
        Text = "rate " + drop.Rate.ToString("0.##e-0", CultureInfo.InvariantCulture),
        TextColor = Drop,
        FontSize = 11,
        TextLinePosition = 0.98,
        TextMargin = 4,
        TextHorizontalAlignment = HorizontalAlignment.Right,
    };
}

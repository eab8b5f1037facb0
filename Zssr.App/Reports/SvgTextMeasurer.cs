using OxyPlot;

namespace Zssr.App.Reports;

/// <summary>How large a text is in an SVG file.</summary>
/// <remarks>
/// OxyPlot measures SVG text by PDF's fonts, in points of 1/72 inch, but SVG's sizes are in pixels of 1/96. Unscaled, titles overlap and
/// legends are cut off.
/// </remarks>
internal sealed class SvgTextMeasurer : PdfRenderContext
{
    private const double PixelsPerPoint = 96.0 / 72.0;

    public SvgTextMeasurer()
        : base(1, 1, OxyColors.Undefined)
    {
    }

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        OxySize points = base.MeasureText(text, fontFamily, fontSize, fontWeight);
        return new OxySize(points.Width * PixelsPerPoint, points.Height * PixelsPerPoint);
    }
}

using System.Globalization;
using System.Text;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>The result beside bicubic enlargement and what it should be.</summary>
internal sealed class OutputSection : IPageSection
{
    /// <summary>A difference of as many levels of 255 is white.</summary>
    private const double Amplified = 32;

    public string Id => "output";

    public string Title => "The result";

    public string Lesson(InspectedRun run) =>
        "Move the slider to compare the two pictures. The difference shows where they are not the same, which is at edges."
        + (run.Stages.Count > 1
            ? $" The run has {run.Stages.Count} enlargements; this is the result of the last; everything else on this page shows "
                + $"number {run.Stage + 1}." : "");

    public string Body(InspectedRun run)
    {
        // A ground truth may be a few pixels smaller; then all are shown without those.
        (int height, int width) = (run.GroundTruth?.Height ?? run.Output.Height, run.GroundTruth?.Width ?? run.Output.Width);
        Picture output = run.Output.TopLeft(height, width);
        List<(string Name, Picture Picture)> others = [("bicubic", run.Bicubic.TopLeft(height, width))];
        if (run.GroundTruth is { } truth)
            others.Add(("ground truth", truth));
        Func<Picture, Picture> part = Fitting.SamePart(output);
        var html = new StringBuilder("<div class=\"wipe\" data-wipe>");
        html.Append("<div class=\"controls\"><label>Compare with <select data-other>");
        html.AppendJoin("", others.Select(other => $"<option>{other.Name}</option>"));
        html.Append("</select></label> <label><input type=\"checkbox\" data-difference> difference</label>");
        html.Append("<label>Wipe <input type=\"range\" min=\"0\" max=\"100\" value=\"50\" data-position></label></div>");
        html.Append("<div class=\"frame\">").Append(Image(output, $"The result, {output.Width} × {output.Height} pixels"));
        foreach ((string name, Picture picture) in others)
        {
            html.Append($"<div class=\"upper\" data-name=\"{name}\">").Append(Image(picture, $"The same by {name}")).Append("</div>");
            html.Append($"<div class=\"difference\" data-name=\"{name}\" hidden>");
            html.Append(Image(Difference(output, picture), $"The difference between the result and {name}")).Append("</div>");
        }

        html.Append("</div><p class=\"caption\">Left of the line is the other picture, right of it the result. ");
        html.Append($"In the difference white is {Amplified} of 255 levels or more.</p></div>");
        if (run.Quality is { } quality)
        {
            html.Append(Html.Table("How near to the ground truth (luma, without the border)", ["", "PSNR, dB", "SSIM"],
            [
                ["bicubic", Decibels(quality.BicubicPsnr), Html.Number(quality.BicubicSsim, 4)],
                ["zssr", Decibels(quality.Psnr), Html.Number(quality.Ssim, 4)],
            ]));
        }

        return html.ToString();

        string Image(Picture whole, string alternative)
        {
            Picture shown = part(whole);
            return Html.Image(shown, alternative, Fitting.WidthFor(shown, Fitting.Exact));
        }
    }

    private static string Decibels(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static Picture Difference(Picture a, Picture b) =>
        Maps.Gray(a.Height, a.Width, new PictureDifference(a, b).Absolute, black: 0, white: Amplified / 255);
}

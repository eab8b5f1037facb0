using System.Text;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>The answers to the turned copies, and where they disagree.</summary>
internal sealed class EnsembleSection : IPageSection
{
    private const int Thumbnail = 150;

    public string Id => "ensemble";

    public string Title => "The ensemble";

    public string Lesson(InspectedRun run) => run.Members.Count == 1
        ? "This run took the network's plain output. With --ensemble 8 the network would see rotated and mirrored copies of the image, "
            + "too, and the median of its outputs would be taken."
        : $"The network sees {run.Members.Count} rotated and mirrored copies of the image, and the median of its outputs is taken: "
            + "an outlier in one copy has no weight. Where the copies disagree, the network is unsure.";

    public string Body(InspectedRun run)
    {
        if (run.Members.Count == 1)
            return "";
        Picture first = run.Members[0].Answer;
        double[] deviations = [.. Enumerable.Range(0, first.Height * first.Width).Select(pixel => Deviation(run, pixel))];
        double largest = Maps.FullScale(deviations);
        Picture heat = Maps.Heat(first.Height, first.Width, (y, x) => deviations[(y * first.Width) + x], largest);
        var html = new StringBuilder("<div class=\"grid\">");
        html.Append(Html.Figure(
            Html.Image(Fitting.Shrink(heat), "Heat map of the standard deviation, brightest where the answers disagree"),
            $"Standard deviation of the answers: black 0, white {Html.Number(largest * 255, 3)} of 255 levels or more"));
        html.Append(Html.Figure(Html.Image(Fitting.Shrink(run.Median), "The median of the answers"), "The median"));
        html.Append("</div><details><summary>All answers, turned back</summary><div class=\"grid\">");
        foreach (EnsembleMember member in run.Members)
        {
            string image = Html.Image(Fitting.Shrink(member.Answer, Fitting.Small), $"The answer to the copy {member.Variant}", Thumbnail);
            html.Append(Html.Figure(image, Html.Text($"{member.Variant}")));
        }

        return html.Append("</div></details>").ToString();
    }

    /// <summary>The standard deviation of a pixel over the members, mean of its channels.</summary>
    public static double Deviation(InspectedRun run, int pixel)
    {
        int channels = run.Input.Channels;
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            double[] values = [.. run.Members.Select(member => (double)member.Answer.Color[(pixel * channels) + c])];
            double mean = values.Average();
            sum += Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }

        return sum / channels;
    }
}

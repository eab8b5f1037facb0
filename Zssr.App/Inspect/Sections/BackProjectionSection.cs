using Zssr.App.Images;
using Zssr.Nn;

namespace Zssr.App.Inspect.Sections;

/// <summary>The median before and after back-projection.</summary>
internal sealed class BackProjectionSection : IPageSection
{
    public string Id => "back-projection";

    public string Title => "Back-projection";

    public string Lesson(InspectedRun run) =>
        "Shrunk again, the large image should be the small one. What is missing is enlarged and added, some rounds; it can only correct "
        + "what the small image knows.";

    public string Body(InspectedRun run)
    {
        int rounds = ScaleSchedule.Of(run.Settings)[0].BackProjections;
        (Picture before, Picture after) = (run.Median, run.Projected);
        double[] changes = [.. Enumerable.Range(0, before.Height * before.Width).Select(Change)];
        double largest = Maps.FullScale(changes);
        Picture map = Maps.Signed(before.Height, before.Width, (y, x) => changes[(y * before.Width) + x], largest);
        return "<div class=\"grid\">" + Html.Figure(Html.Image(Fitting.Shrink(before), "Before back-projection"), "Before")
            + Html.Figure(Html.Image(Fitting.Shrink(after), "After back-projection"), $"After {rounds} rounds")
            + Html.Figure(Html.Image(Fitting.Shrink(map), "The change, blue darker and red brighter"),
                $"The change; full colour is ±{Html.Number(largest * 255, 3)} of 255 levels or more (mean of the channels)") + "</div>";

        double Change(int pixel)
        {
            double sum = 0;
            for (int c = 0; c < before.Channels; c++)
                sum += after.Color[(pixel * before.Channels) + c] - before.Color[(pixel * before.Channels) + c];
            return sum / before.Channels;
        }
    }
}

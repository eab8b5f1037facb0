using Zssr.App.Images;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>The median before and after back-projection.</summary>
internal sealed class BackProjectionSection : IPageSection
{
    public string Id => "back-projection";

    public string Title => "Back-projection";

    public string Lesson(InspectedRun run) =>
        "Shrunk again, the large image should be the small one. The difference is enlarged and added, for some rounds. It can only correct "
        + "what the small image shows.";

    public string Body(InspectedRun run)
    {
        int rounds = run.Stages[run.Stage].BackProjections;
        (Picture map, double full) = new PictureDifference(run.Median, run.Projected).SignedMap();
        return "<div class=\"grid\">" + Html.Figure(Html.Image(Fitting.Shrink(run.Median), "Before back-projection"), "Before")
            + Html.Figure(Html.Image(Fitting.Shrink(run.Projected), "After back-projection"), $"After {rounds} rounds")
            + Html.Figure(Html.Image(Fitting.Shrink(map), "The change, blue darker and red brighter"),
                $"The change; full colour is ±{Html.Number(full * 255, 3)} of 255 levels or more (mean of the channels)") + "</div>";
    }
}

using Zssr.App.Images;
using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>What the network adds to interpolation.</summary>
internal sealed class ResidualSection : IPageSection
{
    public string Id => "residual";

    public string Title => "The residual";

    public string Lesson(InspectedRun run) =>
        "What the network adds to the interpolated image: darker where it is blue, brighter where it is red, nothing where it is white. "
        + "It lies at edges, where interpolation is too soft.";

    public string Body(InspectedRun run)
    {
        (Picture before, Picture after) = (run.Interpolated, run.Members[0].Answer);
        (Picture map, double full) = new PictureDifference(before, after).SignedMap();
        return "<div class=\"grid\">"
            + Html.Figure(Html.Image(Fitting.Shrink(before), "The interpolated image"), "The interpolated image, to which it adds")
            + Html.Figure(Html.Image(Fitting.Shrink(map), "The difference that the network makes, largest at edges"),
                $"What it adds; full colour is ±{Html.Number(full * 255, 3)} of 255 levels or more (mean of the channels)")
            + Html.Figure(Html.Image(Fitting.Shrink(after), "The network's plain output"), "What it returns") + "</div>";
    }
}

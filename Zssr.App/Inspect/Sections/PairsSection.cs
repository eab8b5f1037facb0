using System.Text;

namespace Zssr.App.Inspect.Sections;

/// <summary>Sons beside their fathers.</summary>
internal sealed class PairsSection : IPageSection
{
    public string Id => "pairs";

    public string Title => "Sons and fathers";

    public string Lesson(InspectedRun run)
    {
        double noise = run.Settings.Pairs.NoiseStd;
        string added = noise > 0 ? $", gets noise (standard deviation {Html.Number(noise)} of white)" : "";
        return "A father is a part of the image; its son is the father shrunk (bicubic)" + added
            + " and interpolated back. The network is given the son and should answer with the father.";
    }

    public string Body(InspectedRun run)
    {
        var html = new StringBuilder("<div class=\"grid\">");
        foreach (ShownPair pair in run.Pairs)
        {
            string caption = $"Iteration {pair.Iteration}: {Html.Text(pair.Origin.Transform)}, "
                + $"{pair.Father.Width} × {pair.Father.Height} pixels";
            string images = Html.Image(pair.Son, $"The son of iteration {pair.Iteration}", 128)
                + Html.Image(pair.Father, $"Its father, {pair.Origin.Transform}", 128);
            html.Append(Html.Figure($"<div class=\"pair\">{images}</div>", $"{caption}. Left the son, right the father."));
        }

        return html.Append("</div>").ToString();
    }
}

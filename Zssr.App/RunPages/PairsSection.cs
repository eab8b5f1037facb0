using System.Text;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;
using Zssr.App.Reports;
using Zssr.Nn;

namespace Zssr.App.RunPages;

/// <summary>Sons beside their fathers, and what made them.</summary>
internal sealed class PairsSection : IPageSection
{
    private const int PictureWidth = 128, KernelWidth = 130;

    public string Id => "pairs";

    public string Title => "Sons and fathers";

    public string Lesson(InspectedRun run)
    {
        string blurred = run.Kernel is null ? "shrunk (bicubic)" : "blurred by the kernel and shrunk";
        double noise = run.Settings.Pairs.NoiseStd;
        string added = noise > 0 ? $", gets noise (standard deviation {Html.Number(noise)} of white)" : "";
        string back = run.Settings.Network.Form == NetworkForm.SubPixel ? "" : " and interpolated back";
        return $"A father is a part of the image; its son is the father {blurred}{added}{back}."
            + " The network is given the son and should return the father.";
    }

    public string Body(InspectedRun run)
    {
        var html = new StringBuilder("<div class=\"grid\">");
        if (run.Kernel is { } kernel)
            html.Append(KernelFigure(kernel));
        foreach (ShownPair pair in run.Pairs)
        {
            string caption = $"Iteration {pair.Iteration}: {Html.Text(pair.Origin.Transform)}, "
                + $"{pair.Father.Width} × {pair.Father.Height} pixels";
            string images = Html.Image(pair.Son, $"The son of iteration {pair.Iteration}", PictureWidth)
                + Html.Image(pair.Father, $"Its father, {pair.Origin.Transform}", PictureWidth);
            html.Append(Html.Figure($"<div class=\"pair\">{images}</div>", $"{caption}. Left the son, right the father."));
        }

        return html.Append("</div>").ToString();
    }

    private static string KernelFigure(BlurKernel kernel)
    {
        double largest = kernel.Numeric.ToArray().Cast<double>().Max(Math.Abs);
        Picture map = Maps.Signed(kernel.Height, kernel.Width, (y, x) => kernel.Numeric[y, x], largest);
        Picture shown = PictureBlocks.Enlarge(map, Math.Max(1, KernelWidth / kernel.Width));
        return Html.Figure(
            Html.Image(shown, $"The blur kernel, {kernel.Height} × {kernel.Width} weights"),
            $"The blur kernel, {kernel.Height} × {kernel.Width}: red weights add, blue ones subtract; "
            + $"full colour is ±{Html.Number(largest, 3)}");
    }
}

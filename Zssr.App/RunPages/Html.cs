using System.Globalization;
using System.Net;
using System.Text;
using Zssr.App.Charts;
using Zssr.App.Images;

namespace Zssr.App.RunPages;

/// <summary>Pieces of HTML.</summary>
internal static class Html
{
    /// <summary>A text in which nothing is markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with up to <paramref name="digits"/> significant digits.</summary>
    public static string Number(double value, int digits = 4) =>
        double.IsFinite(value) ? value.ToString("G" + digits, CultureInfo.InvariantCulture) : "none";

    /// <summary>The picture as a PNG within the page.</summary>
    public static string Source(Picture picture) => "data:image/png;base64," + Convert.ToBase64String(ImageEncoder.Png(picture));

    /// <summary>The picture, shown without smoothing.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="alternative">What it shows, for those who cannot see it.</param>
    /// <param name="width">Its width on the page in pixels; its own unless given.</param>
    public static string Image(Picture picture, string alternative, int? width = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<img src="{Source(picture)}" alt="{Text(alternative)}" width="{width ?? picture.Width}">""");

    /// <summary>A picture below which something is written.</summary>
    public static string Figure(string content, string caption) => $"<figure>{content}<figcaption>{caption}</figcaption></figure>\n";

    /// <summary>A chart with its legend, which a narrow page may wrap.</summary>
    /// <param name="title">What is seen, also for those who cannot see it.</param>
    /// <param name="chart">The chart.</param>
    public static string Chart(string title, LineChart chart)
    {
        if (!chart.HasPoints)
            return "<p>There is nothing to draw.</p>";
        var html = new StringBuilder();
        html.Append("<figure class=\"chart\"><svg role=\"img\" ");
        html.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {chart.Width} {chart.Height}\" ");
        html.Append(CultureInfo.InvariantCulture, $"aria-label=\"{Text(title)}\">{chart.Draw()}</svg><figcaption>{Text(title)}. ");
        html.AppendJoin(
            " ", chart.Lines.Select(line => $"<span class=\"key\"><i style=\"background: {line.Color}\"></i>{Text(line.Name)}</span>"));
        return html.Append("</figcaption></figure>\n").ToString();
    }

    /// <summary>A table; cells are HTML already.</summary>
    public static string Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder();
        html.Append("<div class=\"scroll\" tabindex=\"0\"><table><caption>").Append(caption).Append("</caption><thead><tr>");
        html.AppendJoin("", headings.Select(heading => $"<th scope=\"col\">{heading}</th>")).Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        return html.Append("</tbody></table></div>\n").ToString();
    }
}

using System.Globalization;
using System.Text;
using Zssr.App.Records;

namespace Zssr.App.Evaluation;

/// <summary>Results as tables in Markdown: for each scale the means of each method, and each image by itself.</summary>
internal static class EvaluationTable
{
    /// <summary>The tables.</summary>
    /// <param name="title">The first line.</param>
    /// <param name="conditions">How the results were made, below it.</param>
    /// <param name="results">All results; methods and images keep their order.</param>
    /// <param name="failures">What failed, a line for each: the means are without it.</param>
    public static string Of(
        string title, string conditions, IReadOnlyList<EvaluationResult> results, IReadOnlyList<string> failures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{conditions}\n");
        foreach (IGrouping<int, EvaluationResult> scale in results.GroupBy(result => result.Scale).OrderBy(scale => scale.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Scale {scale.Key}\n\nMeans over all images and seeds:\n\n");
            AddMeans(text, [.. scale]);
            text.Append("\nPSNR (dB) / SSIM of each image, means over seeds:\n\n");
            AddImages(text, [.. scale]);
        }

        if (failures.Count > 0)
        {
            text.Append("\n## Failed, not included in the means\n\n");
            foreach (string failure in failures)
                text.Append(CultureInfo.InvariantCulture, $"- {failure}\n");
        }

        return text.ToString();
    }

    private static void AddMeans(StringBuilder text, IReadOnlyList<EvaluationResult> results)
    {
        AddRow(text, "Method", "PSNR (dB)", "SSIM", "seconds", "iterations", "results");
        AddRow(text, [.. Enumerable.Repeat("---", 6)]);
        foreach (IGrouping<string, EvaluationResult> method in results.GroupBy(result => result.Method))
        {
            AddRow(
                text, method.Key, Number(method.Average(r => r.Psnr), "F2"), Number(method.Average(r => r.Ssim), ".0000"),
                Number(method.Average(r => r.Seconds), "F1"), Number(method.Average(r => r.Iterations), "F0"),
                Number(method.Count(), "F0"));
        }
    }

    private static void AddImages(StringBuilder text, IReadOnlyList<EvaluationResult> results)
    {
        string[] methods = [.. results.Select(result => result.Method).Distinct()];
        AddRow(text, ["Image", .. methods]);
        AddRow(text, [.. Enumerable.Repeat("---", methods.Length + 1)]);
        foreach (IGrouping<string, EvaluationResult> image in results.GroupBy(result => result.Image))
            AddRow(text, [image.Key, .. methods.Select(method => Cell([.. image.Where(result => result.Method == method)]))]);
    }

    private static string Cell(EvaluationResult[] results) => results.Length == 0
        ? "–"
        : $"{Number(results.Average(result => result.Psnr), "F2")} / {Number(results.Average(result => result.Ssim), ".0000")}";

    private static void AddRow(StringBuilder text, params string[] cells) =>
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(Escaped))} |\n");

    /// <summary>A bar in an image's name would end the cell.</summary>
    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

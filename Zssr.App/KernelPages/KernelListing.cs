using System.Text.Json;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.KernelPages;

/// <summary>Kernels by class, a line for each.</summary>
internal static class KernelListing
{
    /// <summary>The lines to print.</summary>
    /// <param name="entries">What to list; the type arguments of a kernel share one line.</param>
    /// <param name="width">Columns of the terminal, at which lines end; null for a file or pipe.</param>
    public static IEnumerable<string> Lines(IEnumerable<KernelEntry> entries, int? width)
    {
        foreach (var group in entries.GroupBy(entry => entry.ClassName))
        {
            string about = SourceCode.Of(group.First().Kernel.Method.DeclaringType!)?.FirstSentence ?? "";
            yield return Cut($"{group.Key}: {about}", width);
            (string Name, string About)[] rows =
            [
                .. group.GroupBy(entry => entry.Kernel.Definition)
                    .Select(variants => (NameOf(variants), variants.First().Source.FirstSentence)),
            ];
            int column = rows.Max(row => row.Name.Length) + 2;
            foreach ((string name, string whatItDoes) in rows)
                yield return Cut($"  {name.PadRight(column)}{whatItDoes}", width);
            yield return "";
        }
    }

    /// <summary>The same for programs: one JSON object a line for each kernel.</summary>
    public static IEnumerable<string> JsonLines(IEnumerable<KernelEntry> entries) =>
        entries.GroupBy(entry => entry.Kernel.Definition).Select(variants => JsonSerializer.Serialize(
            new
            {
                kernel = variants.Key,
                summary = variants.First().Source.Summary,
                file = variants.First().Source.File,
                line = variants.First().Source.Line,
                ops = variants.SelectMany(entry => entry.Ops).Distinct(),
                launched_by = variants.SelectMany(entry => entry.Launches).Select(launch => launch.Method).Distinct(),
            },
            KernelPage.JsonOptions));

    /// <summary>With the op where only one is among them: an operation may launch a kernel for that one.</summary>
    private static string NameOf(IEnumerable<KernelEntry> variants)
    {
        string[] names = [.. variants.Select(entry => entry.ShortName).Distinct()];
        return names.Length == 1 ? names[0] : variants.First().Kernel.Method.Name;
    }

    private static string Cut(string line, int? width) => line.Length < width || width is null ? line : line[..(width.Value - 2)] + "…";
}

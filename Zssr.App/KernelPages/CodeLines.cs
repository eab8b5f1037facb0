using System.Globalization;

namespace Zssr.App.KernelPages;

/// <summary>Lines of code, fitted into a width.</summary>
internal static class CodeLines
{
    private const int Tab = 4;

    /// <summary>The lines of a text, with blanks for tabs and nothing after their ends.</summary>
    public static string[] Of(string text) =>
        [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => ExpandTabs(line).TrimEnd())];

    /// <summary>A line in pieces that are no longer than a width; all but the first are indented a little more than the line.</summary>
    public static IEnumerable<string> Wrap(string line, int width, int hang = Tab)
    {
        int indent = Math.Min(line.Length - line.TrimStart().Length + hang, width / 2);
        string left = line;
        while (left.Length > width)
        {
            // At a blank, but not at those that it begins with; a word that is too long is cut.
            int start = Math.Min(left.Length - left.TrimStart().Length, width);
            int blank = left.LastIndexOf(' ', width, width - start);
            int end = blank > start ? blank : width;
            yield return left[..end].TrimEnd();
            left = new string(' ', indent) + left[end..].TrimStart();
        }

        yield return left;
    }

    /// <summary>The line with blanks up to a width. The hat of x̂ is a character of its own, and takes no room.</summary>
    public static string Pad(string line, int width) =>
        line.PadRight(width + line.Count(c => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark));

    private static string ExpandTabs(string line)
    {
        for (int at = line.IndexOf('\t', StringComparison.Ordinal); at >= 0; at = line.IndexOf('\t', StringComparison.Ordinal))
            line = line[..at] + new string(' ', Tab - at % Tab) + line[(at + 1)..];
        return line;
    }
}

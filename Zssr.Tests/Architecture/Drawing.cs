using System.Text.RegularExpressions;
using Zssr.Tests.Docs;

namespace Zssr.Tests.Architecture;

/// <summary>The drawing of a project in docs/architecture.md: the Mermaid block under the heading with the project's name.</summary>
internal static partial class Drawing
{
    private const string Page = "docs/architecture.md";

    /// <summary>The arrows that are drawn.</summary>
    public static IEnumerable<FolderArrow> Of(string project) =>
        File.ReadLines(Path.Combine(Documentation.Root, Page))
            .SkipWhile(line => line != $"## {project}").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => Arrow().Match(line))
            .Where(match => match.Success)
            .Select(match => new FolderArrow(match.Groups["from"].Value, match.Groups["to"].Value));

    /// <summary>
    /// The arrows that a drawing needs: one that others lead to in several steps is left out. What can be reached stays the same.
    /// </summary>
    public static IEnumerable<FolderArrow> Reduce(IEnumerable<FolderArrow> arrows)
    {
        var needed = new SortedSet<FolderArrow>(arrows);
        foreach (FolderArrow arrow in needed.ToArray())
        {
            needed.Remove(arrow);
            if (!Circles.Reach(needed.ToLookup(a => a.From, a => a.To), arrow.From).Contains(arrow.To))
                needed.Add(arrow);
        }

        return needed;
    }

    [GeneratedRegex(@"^ *(?<from>[\w./]+) --> (?<to>[\w./]+)$")]
    private static partial Regex Arrow();
}

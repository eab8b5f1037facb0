using System.Globalization;
using System.Text.RegularExpressions;

namespace Zssr.Tests.Docs;

/// <summary>What the pages refer to exists.</summary>
[TestFixture]
public sealed partial class LinkTests
{
    [TestCaseSource(typeof(Documentation), nameof(Documentation.Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Documentation.Root, page))!;
        string[] dead = [.. Targets(page).Where(target => !LeadsSomewhere(folder, page, target))];
        Assert.That(dead, Is.Empty);
    }

    private static IEnumerable<string> Targets(string page) => Link().Matches(string.Join('\n', Documentation.Prose(page)))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    private static bool LeadsSomewhere(string folder, string page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? Path.Combine(Documentation.Root, page) : Path.Combine(folder, parts[0]);
        if (!File.Exists(path) && !Directory.Exists(path))
            return false;
        if (parts.Length == 1)
            return true;
        return path.EndsWith(".md", StringComparison.Ordinal)
            ? File.ReadLines(path).Any(line => line.StartsWith('#') && Anchor(line) == parts[1]) : IsRangeOf(parts[1], path);
    }

    /// <summary>Lines of a source file, as forges link them: L10-L20.</summary>
    private static bool IsRangeOf(string fragment, string path)
    {
        Match range = Lines().Match(fragment);
        return range.Success
            && int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) is int first and > 0
            && int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture) is int last
            && first <= last && last <= File.ReadLines(path).Count();
    }

    /// <summary>The name under which a heading can be reached, as forges make it.</summary>
    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^L(\d+)-L(\d+)$")]
    private static partial Regex Lines();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}

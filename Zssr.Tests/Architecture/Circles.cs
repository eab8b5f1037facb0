namespace Zssr.Tests.Architecture;

/// <summary>Finds groups of folders each of which can be reached from every other.</summary>
internal static class Circles
{
    /// <summary>The groups of two and more; empty if the arrows form no circle.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<FolderArrow> arrows)
    {
        ILookup<string, string> next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reach = next.ToDictionary(folder => folder.Key, folder => Reach(next, folder.Key));
        return [.. reach.Keys.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder => string.Join(", ", reach[folder].Where(other => reach.TryGetValue(other, out var back) && back.Contains(folder)).Order(StringComparer.Ordinal)))
            .Select(group => group.Order(StringComparer.Ordinal).ToArray())];
    }

    /// <summary>All that a folder uses, directly and through others.</summary>
    public static HashSet<string> Reach(ILookup<string, string> next, string folder)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(next[folder]);
        while (waiting.TryPop(out string? one))
        {
            if (reached.Add(one))
            {
                foreach (string other in next[one])
                    waiting.Push(other);
            }
        }

        return reached;
    }
}

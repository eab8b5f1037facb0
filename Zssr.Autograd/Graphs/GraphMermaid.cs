using System.Globalization;
using System.Text;

namespace Zssr.Autograd.Graphs;

/// <summary>
/// A graph as a Mermaid flowchart, which forges and editors draw where it stands in Markdown between <c>```mermaid</c> and <c>```</c>.
/// Rounded nodes are given values, filled ones watched; boxes are functions.
/// </summary>
public static class GraphMermaid
{
    /// <summary>The text; lines end with a line feed. The same graph always gives the same text.</summary>
    public static string Of(TapeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("flowchart TD\n");
        foreach (GraphNode node in graph.Nodes)
        {
            string label = string.Join("<br>", GraphWords.Lines(node).Select(Escape));
            string box = node is GraphOp ? $"[\"{label}\"]" : $"([\"{label}\"])";
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id}{box}\n");
        }

        foreach (GraphOp op in graph.Ops)
        {
            foreach (GraphNode input in op.Inputs)
                text.Append(CultureInfo.InvariantCulture, $"  n{input.Id} --> n{op.Id}\n");
        }

        GraphLeaf[] watched = [.. graph.Leaves.Where(leaf => leaf.IsWatched)];
        if (watched.Length > 0)
        {
            text.Append("  classDef watched fill:#dde8f5,color:#000\n");
            text.Append(CultureInfo.InvariantCulture, $"  class {string.Join(',', watched.Select(leaf => $"n{leaf.Id}"))} watched\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// Text within quotes of a label: whatever Mermaid or the HTML that it makes could take for its own stands as its number in Unicode.
    /// </summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (Rune rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            bool isPlain = Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or '_' or ':' or '[' or ']' or '%' or '/';
            escaped.Append(isPlain ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"#{rune.Value};"));
        }

        return escaped.ToString();
    }
}

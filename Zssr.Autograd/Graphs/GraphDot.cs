using System.Globalization;
using System.Text;

namespace Zssr.Autograd.Graphs;

/// <summary>
/// A graph in the language of Graphviz, which draws it: <c>dot -Tsvg graph.dot -o graph.svg</c>. Ovals are given values, filled ones
/// watched; boxes are functions with the shape of their results and the memory that they keep.
/// </summary>
public static class GraphDot
{
    /// <summary>The text; lines end with a line feed. The same graph always gives the same text.</summary>
    public static string Of(TapeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("digraph tape {\n  node [fontname=\"sans-serif\", fontsize=11];\n");
        foreach (GraphNode node in graph.Nodes)
        {
            string look = node switch
            {
                GraphOp => "shape=box",
                GraphLeaf { IsWatched: true } => "shape=ellipse, style=filled, fillcolor=\"#dde8f5\"",
                _ => "shape=ellipse",
            };
            string label = string.Join("\\n", GraphWords.Lines(node).Select(Escape));
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id} [{look}, label=\"{label}\"];\n");
        }

        foreach (GraphOp op in graph.Ops)
        {
            foreach (GraphNode input in op.Inputs)
                text.Append(CultureInfo.InvariantCulture, $"  n{input.Id} -> n{op.Id};\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Text within quotes of a label, where backslashes begin escapes and ampersands HTML entities.</summary>
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");
}

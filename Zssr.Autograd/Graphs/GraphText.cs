using System.Globalization;
using System.Text;
using System.Text.Json;
using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>
/// A graph as text, one line a value, like equations: first what is given, then what is computed,
/// <c>%5 = Conv2d(%3, layers.1.weight; stride 1, padding 1)   [1, 128, 128, 64]   float32   4.2 MB   Conv2d.cs:62</c>.
/// The memory is that which a given value takes, and which a function keeps for the backward pass.
/// </summary>
public static class GraphText
{
    private const string Gap = "   ";

    /// <summary>The text; lines end with a line feed. The same graph always gives the same text.</summary>
    public static string Of(TapeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder();
        Append(text, [.. graph.Leaves.Select(Row)]);
        if (graph.Ops.Count > 0)
            text.Append('\n');
        Append(text, [.. graph.Ops.Select(Row)]);
        string leaves = Count(graph.Leaves.Count, "value"), ops = Count(graph.Ops.Count, "function");
        text.Append(CultureInfo.InvariantCulture, $"\n{leaves} given, {GraphWords.Size(graph.Leaves.Sum(leaf => leaf.Bytes))}; ");
        text.Append(CultureInfo.InvariantCulture, $"{ops}, {GraphWords.Size(graph.KeptBytes)} kept for the backward pass.\n");
        return text.ToString();
    }

    private static string[] Row(GraphLeaf leaf) =>
    [
        $"{NameOf(leaf)}: {(leaf.IsWatched ? "watched" : "constant")}", leaf.Shape.ToString(), leaf.DType.Name(),
        GraphWords.Size(leaf.Bytes), "",
    ];

    private static string[] Row(GraphOp op)
    {
        string attributes = GraphWords.Attributes(op);
        string arguments = string.Join(", ", op.Inputs.Select(NameOf)) + (attributes.Length > 0 ? $"; {attributes}" : "");
        return
        [
            $"{NameOf(op)} = {op.Function}({arguments})", op.Shape.ToString(), op.DType.Name(), GraphWords.Size(op.KeptBytes),
            op.Line?.ToString() ?? "",
        ];
    }

    /// <summary>Rows in columns as wide as their widest cell; those of amounts end where they end, all others begin together.</summary>
    private static void Append(StringBuilder text, string[][] rows)
    {
        const int Amount = 3;
        for (int row = 0; row < rows.Length; row++)
        {
            var cells = rows[row].Select((cell, column) =>
            {
                int width = rows.Max(other => other[column].Length);
                return column == Amount ? cell.PadLeft(width) : cell.PadRight(width);
            });
            text.Append(string.Join(Gap, cells).TrimEnd()).Append('\n');
        }
    }

    /// <summary>A leaf's name, in quotes where it could be taken for something else; <c>%id</c> for all other values.</summary>
    private static string NameOf(GraphNode node)
    {
        if (node is not GraphLeaf { Name: { } name })
            return string.Create(CultureInfo.InvariantCulture, $"%{node.Id}");
        bool isPlain = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/');
        return isPlain ? name : JsonSerializer.Serialize(name);
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}

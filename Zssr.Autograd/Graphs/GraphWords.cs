using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>How the parts of a graph are put into words, the same in every format for people.</summary>
internal static class GraphWords
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary><c>stride 1, padding 1, relu</c>: truths by their names alone, untruths not at all. Empty where there is none.</summary>
    public static string Attributes(GraphOp op) => string.Join(
        ", ", op.Attributes.Where(attribute => attribute.Value is not false).Select(attribute => attribute.Value is true
            ? attribute.Name
            : string.Create(CultureInfo.InvariantCulture, $"{attribute.Name} {attribute.Value}")));

    /// <summary><c>[1, 64, 64, 3] float32</c>.</summary>
    public static string Type(GraphNode node) => $"{node.Shape} {node.DType.Name()}";

    /// <summary>An amount of memory: <c>512 B</c>, <c>4.2 MB</c>; a MB has a million bytes.</summary>
    public static string Size(long bytes)
    {
        double amount = bytes;
        int unit = 0;
        // What would be printed as 1000.0 of a unit is 1.0 of the next.
        for (; amount >= (unit == 0 ? 1000 : 999.95) && unit < Units.Length - 1; unit++)
            amount /= 1000;
        return $"{amount.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>What is told of a node, a line each: its name, its type, and, of a function, memory and place.</summary>
    public static IEnumerable<string> Lines(GraphNode node)
    {
        if (node is GraphOp op)
        {
            yield return op.Function;
            if (Attributes(op) is { Length: > 0 } attributes)
                yield return attributes;
            yield return $"{Type(op)}, {Size(op.KeptBytes)}";
            if (op.Line is not null)
                yield return op.Line.ToString();
        }
        else
        {
            yield return node is GraphLeaf { Name: { } name } ? name : $"%{node.Id}";
            yield return Type(node);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>
/// A graph as JSON, for programs: an object with <c>leaves</c>, <c>ops</c> and <c>keptBytes</c>. Inputs are ids. Numbers that JSON does
/// not have stand as the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
public static class GraphJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The text; lines end with a line feed. The same graph always gives the same text.</summary>
    public static string Of(TapeGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var content = new
        {
            Leaves = graph.Leaves.Select(leaf => new
            {
                leaf.Id,
                leaf.Name,
                Watched = leaf.IsWatched,
                Shape = leaf.Shape.Sizes.ToArray(),
                Dtype = leaf.DType.Name(),
                leaf.Bytes,
            }),
            Ops = graph.Ops.Select(op => new
            {
                op.Id,
                op.Function,
                Attributes = op.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value),
                Inputs = op.Inputs.Select(input => input.Id),
                Shape = op.Shape.Sizes.ToArray(),
                Dtype = op.DType.Name(),
                op.KeptBytes,
                op.Line,
            }),
            graph.KeptBytes,
        };
        return JsonSerializer.Serialize(content, Options) + "\n";
    }
}

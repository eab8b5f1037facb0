using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>
/// What a tape has recorded, to be looked at: which function was applied to what, with which result, where, and how much memory it keeps.
/// Make it before <see cref="Tape.Backward(Variable, Variable?, bool, bool)"/>, which frees the record:
/// <code>
/// using var tape = new Tape { RemembersLines = true };
/// Variable loss = …;
/// Console.WriteLine(GraphText.Of(TapeGraph.Of(loss, ("weights", weights), ("image", image))));
/// </code>
/// </summary>
/// <remarks>It is a description: it holds no tensors, and may be kept for longer than the tape.</remarks>
public sealed class TapeGraph
{
    internal TapeGraph(IReadOnlyList<GraphLeaf> leaves, IReadOnlyList<GraphOp> ops) => (Leaves, Ops) = (leaves, ops);

    /// <summary>The values that were given, in the order in which functions used them first.</summary>
    public IReadOnlyList<GraphLeaf> Leaves { get; }

    /// <summary>
    /// The functions in the order in which they were applied: each stands after those whose results it uses. A function with several
    /// outputs is there once for each, as <c>Split[0]</c>, <c>Split[1]</c>.
    /// </summary>
    public IReadOnlyList<GraphOp> Ops { get; }

    /// <summary>Leaves first, then functions; a node's place is its id.</summary>
    public IReadOnlyList<GraphNode> Nodes => [.. Leaves, .. Ops];

    /// <summary>The memory that all functions keep for the backward pass, in bytes.</summary>
    public long KeptBytes => Ops.Sum(op => op.KeptBytes);

    /// <summary>All that a variable, such as a loss, depends on.</summary>
    /// <param name="root">The variable.</param>
    /// <param name="names">What to call the tensors that were given to the tape, and reshapes of them.</param>
    /// <exception cref="GraphException">The graph has been freed.</exception>
    public static TapeGraph Of(Variable root, params IReadOnlyList<(string Name, Tensor Value)> names)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(names);
        var needed = new HashSet<Variable> { root };
        var ops = new Stack<Function>();
        // Inputs come before the functions that use them, so one walk from the end finds all.
        for (int i = root.Source is { IsReleased: false } last ? last.Index : -1; i >= 0; i--)
        {
            Function function = root.Tape.Records[i];
            if (function.IsReleased || !Enumerable.Range(0, function.OutputCount).Any(k => needed.Contains(function.OutputAt(k))))
                continue;
            ops.Push(function);
            needed.UnionWith(function.Inputs);
        }

        var builder = new GraphBuilder(names);
        foreach (Function op in ops)
            builder.Add(op);
        return builder.Finish(root);
    }

    /// <summary>All that a tape has recorded and not yet freed: several losses, or a backward pass that was recorded too.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="names">What to call the tensors that were given to it, and reshapes of them.</param>
    /// <exception cref="GraphException">A part of a function's graph has been freed.</exception>
    public static TapeGraph Of(Tape tape, params IReadOnlyList<(string Name, Tensor Value)> names)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(names);
        var builder = new GraphBuilder(names);
        foreach (Function op in tape.Records.Where(function => !function.IsReleased))
            builder.Add(op);
        return builder.Finish();
    }
}

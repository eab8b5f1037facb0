using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>Collects functions, oldest first, and the leaves that they use.</summary>
/// <param name="names">What leaves are called.</param>
internal sealed class GraphBuilder(IReadOnlyList<(string Name, Tensor Value)> names)
{
    private readonly OrderedDictionary<Variable, GraphLeaf> _leaves = [];
    private readonly List<Function> _functions = [];

    /// <summary>Adds a function that has not been freed.</summary>
    public void Add(Function function)
    {
        foreach (Variable input in function.Inputs.Where(input => input.Source is null || input.Source.IsReleased))
            AddLeaf(input);
        _functions.Add(function);
    }

    /// <summary>The graph of all functions.</summary>
    /// <param name="root">A variable that is to be there even if no function has made it.</param>
    public TapeGraph Finish(Variable? root = null)
    {
        if (root is not null && _functions.Count == 0)
            AddLeaf(root);
        var nodes = new Dictionary<Variable, GraphNode>();
        foreach ((Variable variable, GraphLeaf leaf) in _leaves)
            nodes.Add(variable, leaf);
        var ops = new List<GraphOp>();
        foreach (Function function in _functions)
        {
            for (int k = 0; k < function.OutputCount; k++)
            {
                Variable output = function.OutputAt(k);
                var op = new GraphOp(
                    nodes.Count, function.OutputCount == 1 ? function.Name : $"{function.Name}[{k}]", function.Attributes,
                    [.. function.Inputs.Select(input => nodes[input])], output.Shape, output.DType,
                    BytesOf(function, output) + (k == 0 ? function.KeptBytes : 0), function.Line);
                nodes.Add(output, op);
                ops.Add(op);
            }
        }

        return new TapeGraph([.. _leaves.Values], ops);
    }

    private void AddLeaf(Variable variable)
    {
        if (_leaves.ContainsKey(variable))
            return;
        if (variable.Source is { } freed)
        {
            throw new GraphException(
                $"graph: the functions before {freed.Name} {variable.Shape} have been freed. Make the graph before Backward, or pass "
                + "keepGraph: true to it.");
        }

        string? name = names.FirstOrDefault(named => named.Value.SharesMemoryWith(variable.Value)).Name;
        _leaves.Add(variable, new GraphLeaf(_leaves.Count, name, variable.RequiresGradient, variable.Shape, variable.DType));
    }

    private static long BytesOf(Function function, Variable output)
    {
        bool isOfInput = function.Inputs.Any(input => input.Value.SharesMemoryWith(output.Value));
        return isOfInput ? 0 : (long)output.Value.Count * output.DType.Size();
    }
}

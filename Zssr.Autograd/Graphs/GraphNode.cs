using Zssr.Tensors;

namespace Zssr.Autograd.Graphs;

/// <summary>A value in a graph: one that was given, or one that a function has computed.</summary>
/// <param name="Id">Its place in <see cref="TapeGraph.Nodes"/>, counted from 0.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="DType">The type of its elements.</param>
public abstract record GraphNode(int Id, Shape Shape, DType DType);

/// <summary>A value that was given.</summary>
/// <param name="Id">Its place in <see cref="TapeGraph.Nodes"/>.</param>
/// <param name="Name">What the caller calls it, such as <c>layers.0.weight</c>; null where nobody has said.</param>
/// <param name="IsWatched">Whether its gradient is wanted; otherwise it is a constant.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="DType">The type of its elements.</param>
public sealed record GraphLeaf(int Id, string? Name, bool IsWatched, Shape Shape, DType DType) : GraphNode(Id, Shape, DType)
{
    /// <summary>The memory that its elements take.</summary>
    public long Bytes => (long)Shape.ElementCount * DType.Size();
}

/// <summary>A function that was applied, and its result.</summary>
/// <param name="Id">Its place in <see cref="TapeGraph.Nodes"/>.</param>
/// <param name="Function">The function's name, such as <c>Conv2d</c>.</param>
/// <param name="Attributes">What it was made with beside its inputs; see <see cref="Function.Attributes"/>.</param>
/// <param name="Inputs">What it was applied to, in order; a value that is given twice is there twice.</param>
/// <param name="Shape">The sizes of the result's axes.</param>
/// <param name="DType">The type of the result's elements.</param>
/// <param name="KeptBytes">
/// The memory that is kept for the backward pass: the result's, unless it is that of an input, and what the function itself remembers.
/// </param>
/// <param name="Line">The line of C# that applied it; null unless the tape remembers lines.</param>
public sealed record GraphOp(
    int Id, string Function, IReadOnlyList<(string Name, object Value)> Attributes, IReadOnlyList<GraphNode> Inputs, Shape Shape,
    DType DType, long KeptBytes, SourceLine? Line) : GraphNode(Id, Shape, DType);

using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A tensor that training changes, under the name by which PyTorch and checkpoints know it.</summary>
/// <param name="Name">Names of modules and parameter joined by dots, such as <c>layers.0.weight</c>.</param>
/// <param name="Value">The tensor; it belongs to its module.</param>
public sealed record NamedParameter(string Name, Tensor Value);

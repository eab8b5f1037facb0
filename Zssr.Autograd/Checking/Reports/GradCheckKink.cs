namespace Zssr.Autograd.Checking;

/// <summary>An element at which the function has a kink or a step, so that there is no derivative to compare with.</summary>
/// <param name="Input">The name of the input.</param>
/// <param name="Index">Where in that input, an index for each axis.</param>
/// <param name="Value">The input's value there.</param>
public sealed record GradCheckKink(string Input, IReadOnlyList<int> Index, double Value);

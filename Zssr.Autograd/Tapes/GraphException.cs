namespace Zssr.Autograd;

/// <summary>A computation cannot be differentiated as asked. The message says which function or variable stands in the way.</summary>
public sealed class GraphException(string message) : InvalidOperationException(message);

namespace Zssr.Nn.Tracing;

/// <summary>A layer, a pixel or a weight was asked for that is not there. The message says what there is.</summary>
public sealed class TracingException(string message) : Exception(message);

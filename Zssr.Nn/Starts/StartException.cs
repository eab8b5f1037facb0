namespace Zssr.Nn;

/// <summary>A start cannot be read, or does not fit the network. The message says what was asked, what there is, and what to do.</summary>
public sealed class StartException(string message, Exception? cause = null) : Exception(OneLine.Of(message), cause);

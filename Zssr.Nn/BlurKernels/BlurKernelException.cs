namespace Zssr.Nn;

/// <summary>
/// A blur kernel cannot be read, or its numbers are none of a blur. The message says what was asked, what was found and what to do.
/// </summary>
public sealed class BlurKernelException(string message, Exception? cause = null) : FormatException(OneLine.Of(message), cause);

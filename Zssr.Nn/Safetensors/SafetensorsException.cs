namespace Zssr.Nn;

/// <summary>
/// A safetensors file cannot be read or written, or has not the tensor that was asked for.
/// The message says what was asked, what was found and what to do.
/// </summary>
public sealed class SafetensorsException(string message, Exception? cause = null) : FormatException(OneLine.Of(message), cause);

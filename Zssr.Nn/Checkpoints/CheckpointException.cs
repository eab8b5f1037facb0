namespace Zssr.Nn;

/// <summary>A checkpoint does not belong to the run, or lacks something. The message says what, and what to do.</summary>
public sealed class CheckpointException(string message, Exception? cause = null) : Exception(OneLine.Of(message), cause);

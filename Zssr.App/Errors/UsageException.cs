namespace Zssr.App.Errors;

/// <summary>The command line asks for something that cannot be meant. The message says what, and what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);

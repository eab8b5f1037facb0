using Zssr.Nn;

namespace Zssr.App.Files;

/// <summary>
/// A file cannot be read or written. The message is one plain line for the user: which file, what was found, what to do.
/// </summary>
internal class FileException(string path, string message, Exception? cause = null) : Exception(OneLine.Of(message), cause)
{
    /// <summary>The file as the user named it.</summary>
    public string Path { get; } = path;
}

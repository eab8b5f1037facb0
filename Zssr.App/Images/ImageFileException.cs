using Zssr.App.Files;

namespace Zssr.App.Images;

/// <summary>An image file cannot be read or written; the message says which, what was found and what to do.</summary>
internal sealed class ImageFileException(string path, string message, Exception? cause = null) : FileException(path, message, cause);

using Zssr.App.Files;

namespace Zssr.App.Images;

/// <summary>Opens image files.</summary>
internal static class ImageSource
{
    /// <summary>The file for reading, at its beginning. It holds at least one byte.</summary>
    /// <exception cref="ImageFileException">There is none, it is empty or no file (<see cref="SourceFile"/>), or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return SourceFile.Open(path, "an image");
        }
        catch (FileException failure)
        {
            throw new ImageFileException(path, failure.Message, failure);
        }
    }

    /// <summary>The failure of a file system.</summary>
    public static ImageFileException CannotBeRead(string path, IOException failure) =>
        new(path, SourceFile.CannotBeRead(path, failure).Message, failure);
}

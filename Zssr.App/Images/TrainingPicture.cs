namespace Zssr.App.Images;

/// <summary>Pictures that commands look into, and do not write: what is to be learned from, and nothing else of the file.</summary>
internal static class TrainingPicture
{
    /// <summary>The picture of a file, in which invisible pixels have the colours of visible ones near them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">Larger images are refused before memory is taken for them.</param>
    /// <exception cref="ImageFileException">As <see cref="ImageFile.Read"/>.</exception>
    public static Picture Read(string path, long maxPixels) => Transparency.FillInvisible(ImageFile.Read(path, maxPixels));
}

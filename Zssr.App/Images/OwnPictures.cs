using Zssr.App.Files;
using Zssr.Tensors;

namespace Zssr.App.Images;

/// <summary>The pictures of a folder that a start is learned from.</summary>
internal static class OwnPictures
{
    /// <summary>The fewest rows and columns of a picture that has something to learn from.</summary>
    private const int SmallestSide = 64;

    /// <summary>The most rows and columns: of larger pictures the middle is kept, since hundreds are to be in memory together.</summary>
    private const int LargestSide = 1024;

    /// <summary>Reads the colour pictures of a folder and its subfolders, in the order of their names.</summary>
    /// <returns>[1, H, W, 3] each, values 0…1; the caller frees them.</returns>
    /// <exception cref="FileException">There is no such folder, no colour picture in it, or one that cannot be read.</exception>
    public static IReadOnlyList<Tensor> Read(Device device, string folder, long maxPixels)
    {
        if (!Directory.Exists(folder))
            throw new FileException(folder, $"--pictures {folder}: there is no such folder.");
        var pictures = new List<Tensor>();
        try
        {
            foreach (string path in FolderSearch.FilesIn(folder, recursive: true).Where(ImageFile.HasImageName))
            {
                Picture picture = TrainingPicture.Read(path, maxPixels);
                if (picture.Channels == 3 && Math.Min(picture.Height, picture.Width) >= SmallestSide)
                    pictures.Add(Middle(picture, device));
            }
        }
        catch
        {
            foreach (Tensor picture in pictures)
                picture.Dispose();
            throw;
        }

        return pictures.Count > 0
            ? pictures
            : throw new FileException(
                folder,
                $"--pictures {folder}: it has no colour picture of at least {SmallestSide} x {SmallestSide} pixels. Name another folder.");
    }

    private static Tensor Middle(Picture picture, Device device)
    {
        using Tensor whole = picture.ToTensor(device);
        (int height, int width) = (Math.Min(picture.Height, LargestSide), Math.Min(picture.Width, LargestSide));
        return Window.Crop(whole, (picture.Height - height) / 2, (picture.Width - width) / 2, height, width);
    }
}

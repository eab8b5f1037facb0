using Zssr.App.Images;

namespace Zssr.App.Reports;

/// <summary>Enlargements of one image side by side; below them, unless the image is small, its most detailed part closer up.</summary>
internal static class Comparison
{
    /// <summary>How much the most detailed part is enlarged.</summary>
    private const int Zoom = 4;

    /// <summary>An image whose shorter side is smaller is shown whole only, enlarged itself.</summary>
    private const int SmallestWithDetail = 160;

    /// <summary>The longer side of small images at least.</summary>
    private const int SmallestShown = 256;

    /// <summary>Larger images are shrunk by a whole factor in the first row; the second shows their own pixels.</summary>
    private const int LargestShown = 1000;

    /// <summary>Shows the pictures.</summary>
    /// <param name="pictures">Enlargements of the same image, with captions: bicubic, the output, the ground truth if there is one.</param>
    /// <param name="output">The one of them whose gradients choose the detail.</param>
    /// <returns>A picture of 3 channels; see <see cref="Montage.Rows"/>.</returns>
    public static Picture Of(IReadOnlyList<(Picture Picture, string Caption)> pictures, Picture output)
    {
        if (Math.Min(output.Height, output.Width) < SmallestWithDetail)
            return Montage.Rows([pictures], SmallestShown);
        int shrink = (Math.Max(output.Height, output.Width) + LargestShown - 1) / LargestShown;
        // A part that, enlarged, is as large as the whole is shown.
        int height = Math.Max(1, output.Height / (shrink * Zoom)), width = Math.Max(1, output.Width / (shrink * Zoom));
        (int top, int left) = DetailCrop.Find(output, height, width);
        return Montage.Rows(
        [
            [.. pictures.Select(cell => (PictureBlocks.Shrink(cell.Picture, shrink), Shrunk(cell.Caption, shrink)))],
            [.. pictures.Select(cell => (Detail(cell.Picture, top, left, height, width), $"{cell.Caption}, detail ×{Zoom}"))],
        ]);
    }

    private static string Shrunk(string caption, int factor) => factor == 1 ? caption : $"{caption}, shown at 1/{factor}";

    /// <summary>The same part of a picture that may be a few pixels smaller than the output.</summary>
    private static Picture Detail(Picture picture, int top, int left, int height, int width)
    {
        (height, width) = (Math.Min(height, picture.Height), Math.Min(width, picture.Width));
        Picture part = PictureBlocks.Crop(
            picture, Math.Min(top, picture.Height - height), Math.Min(left, picture.Width - width), height, width);
        return PictureBlocks.Enlarge(part, Zoom);
    }
}

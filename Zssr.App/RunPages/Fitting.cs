using Zssr.App.Images;
using Zssr.App.Reports;

namespace Zssr.App.RunPages;

/// <summary>Keeps the page small: large pictures are shrunk by whole factors, or shown in part.</summary>
internal static class Fitting
{
    /// <summary>The longer side of most pictures, of those in a row of many, and of those whose pixels count.</summary>
    public const int Usual = 360, Small = 180, Exact = 640;

    /// <summary>The picture, shrunk by a whole factor if its longer side has more pixels.</summary>
    public static Picture Shrink(Picture picture, int longest = Usual) =>
        PictureBlocks.Shrink(picture, (Math.Max(picture.Height, picture.Width) + longest - 1) / longest);

    /// <summary>The width on the page at which a small picture is shown larger, by a whole factor.</summary>
    public static int WidthFor(Picture picture, int wanted) => picture.Width * Math.Max(1, wanted / picture.Width);

    /// <summary>The most detailed part of a picture for all pictures of its size; the whole where it is small.</summary>
    public static Func<Picture, Picture> SamePart(Picture picture)
    {
        (int height, int width) = (Math.Min(picture.Height, Exact), Math.Min(picture.Width, Exact));
        (int top, int left) = DetailCrop.Find(picture, height, width);
        return other => PictureBlocks.Crop(other, top, left, height, width);
    }
}

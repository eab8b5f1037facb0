using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>An image that fathers are made from: the base image, or one of its enlargements.</summary>
/// <param name="Image">[1, H, W, C].</param>
/// <param name="Scale">Its scale relative to the base image.</param>
public sealed record FatherSource(Tensor Image, Scale Scale)
{
    /// <summary>
    /// Pixels of an enlargement that are kept at most: 2048 × 2048, many times what the crops of a training show of one source. A larger
    /// one would take a gigabyte for what few fathers come from.
    /// </summary>
    public const int MostPixels = 1 << 22;

    /// <summary>What part of the scene it shows, which the base image shows whole.</summary>
    internal ImageArea Part { get; init; } = ImageArea.Whole;

    /// <summary>An enlargement, of which the middle is kept where it is large.</summary>
    /// <param name="result">[1, H, W, C]; belongs to the source from now on.</param>
    /// <param name="scale">Its scale relative to the base image.</param>
    internal static FatherSource OfEnlargement(Tensor result, Scale scale)
    {
        PixelArea whole = PixelArea.Whole(result), middle = Middle(whole);
        if (middle == whole)
            return new FatherSource(result, scale);
        using (result)
            return new FatherSource(Window.Crop(result, middle), scale) { Part = PartOf(whole) };
    }

    /// <summary>What is kept of an image: all, or a middle of <see cref="MostPixels"/> at most and of the same form.</summary>
    internal static PixelArea Middle(PixelArea whole)
    {
        if (whole.Count <= MostPixels)
            return whole;
        double shrink = Math.Sqrt((double)MostPixels / whole.Count);
        // A single row or column is not shortened by its other side.
        int height = Math.Clamp((int)(whole.Rows.Length * shrink), 1, MostPixels);
        int width = Math.Clamp((int)(whole.Columns.Length * shrink), 1, MostPixels / height);
        return new PixelArea((whole.Rows.Length - height) / 2, (whole.Columns.Length - width) / 2, height, width);
    }

    /// <summary>Where the middle of an image is in it.</summary>
    internal static ImageArea PartOf(PixelArea whole)
    {
        PixelArea middle = Middle(whole);
        return ImageArea.Of(
            (whole.Rows.Length, whole.Columns.Length), middle.Rows.Start, middle.Columns.Start, middle.Rows.Length, middle.Columns.Length);
    }
}

using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>An image that fathers are cropped from: a source of the run, or that source shrunk. It has a share of the image.</summary>
/// <param name="image">[1, H, W, C]; it becomes this object's.</param>
/// <param name="index">Which of the run's sources, counted from 0.</param>
/// <param name="scale">Its scale relative to that source, at most 1.</param>
internal sealed class CropSource(Tensor image, int index, double scale) : IDisposable
{
    private DetailMap? _detail;

    public Tensor Image { get; } = image;

    public int Index { get; } = index;

    /// <summary>Where it has detail; found out when it is asked first.</summary>
    public DetailMap Detail => _detail ??= DetailMap.Of(Image);

    /// <summary>The source shrunk to a scale (bicubic, antialiased); null where it would have too few pixels for a father.</summary>
    public static CropSource? Shrunk(Tensor source, int index, double scale)
    {
        int height = (int)Math.Ceiling(source.Shape[1] * scale), width = (int)Math.Ceiling(source.Shape[2] * scale);
        return Math.Min(height, width) >= ArticlePairs.SmallestSide
            ? new CropSource(Resize.ImResize(source, scale, scale, height, width), index, scale) : null;
    }

    /// <summary>A crop of it in words, such as <c>90°</c> or <c>0.7 size, 90°</c>.</summary>
    public string Describe(Variant variant) =>
        scale == 1 ? variant.ToString() : string.Create(CultureInfo.InvariantCulture, $"{scale:0.##} size, {variant}");

    public void Dispose() => Image.Dispose();
}

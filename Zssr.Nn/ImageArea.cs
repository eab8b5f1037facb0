using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A rectangle in an image, in fractions of its rows and columns.</summary>
/// <param name="Top">Where it begins, 0 to 1.</param>
/// <param name="Left">Where it begins, 0 to 1.</param>
/// <param name="Height">Of the image's rows, 0 to 1.</param>
/// <param name="Width">Of the image's columns, 0 to 1.</param>
public readonly record struct ImageArea(double Top, double Left, double Height, double Width)
{
    /// <summary>All of the image.</summary>
    public static ImageArea Whole { get; } = new(0, 0, 1, 1);

    /// <summary>The area of a crop of some pixels.</summary>
    public static ImageArea Of(Tensor image, int top, int left, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Of((image.Shape[1], image.Shape[2]), top, left, height, width);
    }

    /// <summary>The same of an image by its size.</summary>
    internal static ImageArea Of((double Rows, double Columns) image, int top, int left, int height, int width) =>
        new(top / image.Rows, left / image.Columns, height / image.Rows, width / image.Columns);

    /// <summary>The same area, in fractions of an image of which this one is but a part.</summary>
    internal ImageArea Within(ImageArea part) =>
        new(part.Top + Top * part.Height, part.Left + Left * part.Width, Height * part.Height, Width * part.Width);
}

namespace Zssr.Tensors;

/// <summary>
/// MATLAB's <c>imresize</c> of a whole image: a table for each axis, and which axis goes first.
/// The axis with the smaller scale goes first (less work for the other); on a tie the vertical one does.
/// </summary>
/// <remarks>
/// The order changes results only in their last bits, unless the image is rounded to whole numbers in between; then it matters.
/// </remarks>
public sealed class ImResizePlan
{
    /// <summary>Plans a resize of an image of <paramref name="height"/> × <paramref name="width"/> pixels.</summary>
    /// <param name="height">H, rows before.</param>
    /// <param name="width">W, columns before.</param>
    /// <param name="verticalScale">Scale of the rows' count; see <see cref="ResizeAxis.ImResize"/>.</param>
    /// <param name="horizontalScale">Scale of the columns' count.</param>
    /// <param name="outputHeight">Rows after; ⌈H · vertical scale⌉ unless given.</param>
    /// <param name="outputWidth">Columns after; ⌈W · horizontal scale⌉ unless given.</param>
    /// <param name="kernel">The kernel of both axes.</param>
    /// <param name="antialias">Whether an axis that shrinks is antialiased; decided for each axis by its own scale.</param>
    /// <param name="border">What stands for pixels outside the image.</param>
    /// <exception cref="ShapeException">A length is less than 1, or the result would be too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not a positive, finite number.</exception>
    public ImResizePlan(
        int height,
        int width,
        double verticalScale,
        double horizontalScale,
        int? outputHeight = null,
        int? outputWidth = null,
        ResizeKernel kernel = ResizeKernel.Cubic,
        bool antialias = true,
        ResizeBorder border = ResizeBorder.Symmetric)
    {
        Vertical = ResizeAxis.ImResize(height, verticalScale, outputHeight, kernel, antialias, border);
        Horizontal = ResizeAxis.ImResize(width, horizontalScale, outputWidth, kernel, antialias, border);
        VerticalFirst = verticalScale <= horizontalScale;
    }

    /// <summary>From the rows of the image to the rows of the result.</summary>
    public ResizeAxis Vertical { get; }

    /// <summary>From the columns of the image to the columns of the result.</summary>
    public ResizeAxis Horizontal { get; }

    /// <summary>Whether <see cref="Vertical"/> is applied before <see cref="Horizontal"/>.</summary>
    public bool VerticalFirst { get; }

    /// <summary>Rows of the result.</summary>
    public int OutputHeight => Vertical.OutputLength;

    /// <summary>Columns of the result.</summary>
    public int OutputWidth => Horizontal.OutputLength;

    /// <summary>
    /// ⌈n·s⌉, the pixels that n become at scale s. A product within one part in 10⁹ of a whole number counts as whole:
    /// 100 pixels at 1.1 are 110, though 100 · 1.1 exceeds 110 in floating point.
    /// </summary>
    /// <exception cref="ShapeException">n is less than 1, or the result would be too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a positive, finite number.</exception>
    public static int OutputLengthOf(int n, double scale)
    {
        ResizeLengths.RequirePixels("imresize", "input", n);
        ResizeLengths.RequireScale("imresize", nameof(scale), scale);
        return ResizeLengths.Ceiling("imresize", n * scale);
    }
}

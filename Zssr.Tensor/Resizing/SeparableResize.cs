namespace Zssr.Tensors;

/// <summary>A resize of images of one size, planned: one axis after the other, each through its table.</summary>
/// <param name="vertical">From the rows of the images to the rows of the result.</param>
/// <param name="horizontal">From the columns of the images to the columns of the result.</param>
/// <param name="verticalFirst">Which goes first; the order changes results only in their last bits.</param>
public sealed class SeparableResize(ResizeAxis vertical, ResizeAxis horizontal, bool verticalFirst) : IResize
{
    /// <summary>MATLAB's <c>imresize</c>; see <see cref="Resize.ImResize"/>.</summary>
    public SeparableResize(ImResizePlan plan)
        : this((plan ?? throw new ArgumentNullException(nameof(plan))).Vertical, plan.Horizontal, plan.VerticalFirst)
    {
    }

    /// <inheritdoc/>
    public PixelArea Output => PixelArea.Whole(vertical.OutputLength, horizontal.OutputLength);

    /// <summary>PyTorch's <c>interpolate</c>; see <see cref="Resize.Interpolate"/>. The axis that grows less goes first: it is less work.</summary>
    /// <param name="height">Rows before.</param>
    /// <param name="width">Columns before.</param>
    /// <param name="outputHeight">Rows after.</param>
    /// <param name="outputWidth">Columns after.</param>
    /// <param name="mode">The kernel.</param>
    /// <param name="alignCorners">Whether corner pixels stay corner pixels.</param>
    public static SeparableResize Interpolate(
        int height, int width, int outputHeight, int outputWidth, InterpolationMode mode, bool alignCorners = false) =>
        new(
            ResizeAxis.Interpolate(height, outputHeight, mode, alignCorners),
            ResizeAxis.Interpolate(width, outputWidth, mode, alignCorners),
            verticalFirst: (long)outputHeight * width <= (long)outputWidth * height);

    /// <inheritdoc/>
    public PixelArea Support(PixelArea output) => new(vertical.Support(output.Rows), horizontal.Support(output.Columns));

    /// <inheritdoc/>
    public Tensor Apply(Tensor x)
    {
        if (verticalFirst)
        {
            using Tensor between = Resize.Along(x, 1, vertical);
            return Resize.Along(between, 2, horizontal);
        }
        else
        {
            using Tensor between = Resize.Along(x, 2, horizontal);
            return Resize.Along(between, 1, vertical);
        }
    }

    /// <inheritdoc/>
    public Tensor ApplyPart(Tensor x, PixelArea input, PixelArea output)
    {
        PixelArea support = Support(output);
        using Tensor source = Window.Crop(x, support.From(input));
        ResizeAxis rows = vertical.Part(support.Rows, output.Rows), columns = horizontal.Part(support.Columns, output.Columns);
        return new SeparableResize(rows, columns, verticalFirst).Apply(source);
    }
}

using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Images;

/// <summary>The kernels that pictures can be resized with.</summary>
internal enum ResizeMethod
{
    /// <summary>MATLAB's imresize: cubic, a = −0.5, antialiased when shrinking. The method of all published figures.</summary>
    Bicubic,

    /// <summary>MATLAB's imresize with straight lines, antialiased when shrinking.</summary>
    Bilinear,

    /// <summary>MATLAB's imresize: the mean of the pixels covered.</summary>
    Box,

    /// <summary>MATLAB's imresize with Lanczos' kernel of 2 lobes.</summary>
    Lanczos2,

    /// <summary>MATLAB's imresize with Lanczos' kernel of 3 lobes.</summary>
    Lanczos3,

    /// <summary>PyTorch's interpolate: cubic, a = −0.75, never antialiased.</summary>
    Interpolate,

    /// <summary>PyTorch's interpolate with straight lines, never antialiased.</summary>
    InterpolateBilinear,
}

/// <summary>A way to change the size of pictures, one direction after the other.</summary>
/// <param name="Method">The kernel.</param>
/// <param name="Border">What stands for pixels outside; PyTorch's methods always replicate.</param>
/// <param name="RoundPasses">Whether to round to 8 bits after each direction, as MATLAB does with 8-bit images.</param>
internal sealed record Resizing(
    ResizeMethod Method = ResizeMethod.Bicubic, ResizeBorder Border = ResizeBorder.Symmetric, bool RoundPasses = false)
{
    /// <summary>Whether the method is one of PyTorch's.</summary>
    public bool IsInterpolate => Method is ResizeMethod.Interpolate or ResizeMethod.InterpolateBilinear;

    /// <summary>The picture by scales (2 doubles, 0.5 halves), transparency included.</summary>
    /// <param name="device">Where to compute, in float64.</param>
    /// <param name="picture">Values of a file: they are taken for multiples of 1/65535, which those of 8 and of 16 bits are.</param>
    /// <param name="vertical">Rows after for each before.</param>
    /// <param name="horizontal">Columns after for each before.</param>
    /// <param name="size">Rows and columns after; unless given ⌈n · scale⌉ as MATLAB, ⌊n · scale⌋ (1 at least) as PyTorch.</param>
    /// <exception cref="ShapeException">The result would have more than <see cref="PixelLimit.Largest"/> pixels.</exception>
    public Picture Apply(Device device, Picture picture, double vertical, double horizontal, (int Height, int Width)? size = null)
    {
        // Colours of invisible pixels would bleed into visible ones.
        picture = Transparency.FillInvisible(picture);
        ResizeAxis rows = Table(picture.Height, vertical, size?.Height), columns = Table(picture.Width, horizontal, size?.Width);
        RequireRoom(rows.OutputLength, columns.OutputLength);
        double[] Resize(float[] values) => ResizePlane(device, picture, values, rows, columns, verticalFirst: vertical <= horizontal);
        static float[] ToUnit(double[] levels) => Array.ConvertAll(levels, PixelLevels.ToUnit);
        float[]? alpha = picture.Alpha is null ? null : ToUnit(Resize(picture.Alpha));
        return new Picture(rows.OutputLength, columns.OutputLength, picture.Channels, ToUnit(Resize(picture.Color)), alpha);
    }

    /// <summary>Pixels are counted before memory is taken for them.</summary>
    private static void RequireRoom(int height, int width)
    {
        if ((long)height * width > PixelLimit.Largest)
        {
            throw new ShapeException(
                $"resize: the result would be {height} x {width} pixels, more than {PixelLimit.Largest}. Give a smaller scale or size.");
        }
    }

    private ResizeAxis Table(int n, double scale, int? length) => Method switch
    {
        ResizeMethod.Interpolate => ResizeAxis.Interpolate(n, length ?? FloorOf(n, scale), InterpolationMode.Bicubic),
        ResizeMethod.InterpolateBilinear => ResizeAxis.Interpolate(n, length ?? FloorOf(n, scale), InterpolationMode.Bilinear),
        _ => ResizeAxis.ImResize(n, scale, length, Kernel, antialias: true, Border),
    };

    /// <summary>⌊n·s⌋; a product within rounding errors of a whole number is that number (3 · (1/3)).</summary>
    private static int FloorOf(int n, double scale) => Math.Max((int)Math.Floor(n * scale * (1 + 1e-12)), 1);

    private ResizeKernel Kernel => Method switch
    {
        ResizeMethod.Bilinear => ResizeKernel.Linear,
        ResizeMethod.Box => ResizeKernel.Box,
        ResizeMethod.Lanczos2 => ResizeKernel.Lanczos2,
        ResizeMethod.Lanczos3 => ResizeKernel.Lanczos3,
        _ => ResizeKernel.Cubic,
    };

    private double[] ResizePlane(
        Device device, Picture picture, float[] values, ResizeAxis rows, ResizeAxis columns, bool verticalFirst)
    {
        int channels = values.Length / (picture.Height * picture.Width);
        // Whole numbers must be exactly that, for halves between them to be rounded as MATLAB does: k/255 in float32 times 255 is not k.
        double[] exact = Array.ConvertAll(values, value => EightBits.ToWhole(value) / 257);
        using Tensor image = Tensor.From(device, [1, picture.Height, picture.Width, channels], exact);
        using Tensor between = Pass(image, verticalFirst ? 1 : 2, verticalFirst ? rows : columns);
        using Tensor result = Pass(between, verticalFirst ? 2 : 1, verticalFirst ? columns : rows);
        return result.ToDoubles();
    }

    private Tensor Pass(Tensor image, int axis, ResizeAxis table)
    {
        Tensor result = Resize.Along(image, axis, table);
        if (!RoundPasses)
            return result;
        using (result)
        {
            double[] rounded = Array.ConvertAll(
                result.ToDoubles(), value => Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), 0, 255));
            return Tensor.From(result.Device, result.Shape, rounded);
        }
    }
}

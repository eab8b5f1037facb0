using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Evaluation;

/// <summary>The pictures of an image: what is enlarged, and what the result should be, of exactly the scale's size.</summary>
/// <param name="Small">h × w.</param>
/// <param name="Large">scale · h × scale · w: rows below and columns to the right that make no whole pixel are cut off.</param>
internal sealed record EvaluationPictures(Picture Small, Picture Large)
{
    /// <summary>
    /// Reads them. A small picture that there is no file of is made as <c>zssr downscale</c> does: MATLAB's bicubic, or with a blur kernel,
    /// rounded to 8 bits.
    /// </summary>
    /// <param name="image">The files.</param>
    /// <param name="device">Where to shrink: one with float64, or the processor is taken.</param>
    /// <param name="maxPixels">The most pixels of an image that is read.</param>
    /// <param name="kernel">The blur kernel that a small picture is made with; null for bicubic.</param>
    /// <param name="placement">Where the kernel lies; null for the middle of each block.</param>
    /// <exception cref="ImageFileException">A file cannot be read, or the pictures cannot be compared.</exception>
    public static EvaluationPictures Read(
        EvaluationImage image, Device device, long maxPixels, BlurKernel? kernel = null, KernelPlacement? placement = null)
    {
        Picture large = ImageFile.Read(image.Large, maxPixels);
        Picture? small = image.Small is null ? null : ImageFile.Read(image.Small, maxPixels);
        (int height, int width) = small is null ? (large.Height / image.Scale, large.Width / image.Scale) : (small.Height, small.Width);
        if (Math.Min(height, width) < SuperResolver.SmallestSide)
        {
            throw new ImageFileException(
                image.Large,
                $"{image.Small ?? image.Large}: {width} x {height} pixels would be enlarged by {image.Scale}; the network needs at least "
                + $"{SuperResolver.SmallestSide} x {SuperResolver.SmallestSide} to learn from.");
        }

        if (small is not null && small.Channels != large.Channels)
        {
            throw new ImageFileException(
                image.Large, $"{image.Large} has {large.Channels} channels, {image.Small} {small.Channels}. Convert one of them.");
        }

        large = large.TopLeft(height * image.Scale, width * image.Scale);
        small ??= ThroughFile(kernel is null
            ? Shrunk(large, image.Scale, device) : KernelShrinking.Apply(large, new Scale(image.Scale), kernel, placement));
        return new EvaluationPictures(small, large);
    }

    private static Picture Shrunk(Picture large, int scale, Device device)
    {
        if (!device.Info.SupportsFloat64)
        {
            using Device processor = Device.Open(DeviceName.Cpu);
            return Shrunk(large, scale, processor);
        }

        return new Resizing().Apply(device, large, 1.0 / scale, 1.0 / scale, (large.Height / scale, large.Width / scale));
    }

    private static Picture ThroughFile(Picture small)
    {
        float[] Rounded(float[] values) => Array.ConvertAll(values, value => EightBits.From(value) / 255f);
        return new Picture(
            small.Height, small.Width, small.Channels, Rounded(small.Color), small.Alpha is null ? null : Rounded(small.Alpha));
    }
}

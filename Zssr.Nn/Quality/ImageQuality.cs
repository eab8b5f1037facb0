using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// How near an image comes to a reference, measured as super-resolution papers do: on the luma of 8-bit values, border left out.
/// </summary>
/// <param name="Psnr">Peak signal to noise of the luma, dB: 10 · log₁₀(255² / mean squared difference); +∞ for equal images.</param>
/// <param name="Ssim">Structural similarity of the luma (<see cref="StructuralSimilarity"/>): 1 for equal images, else less.</param>
/// <param name="RgbPsnr">PSNR over all channels, dB; of gray images the same as <paramref name="Psnr"/>.</param>
/// <remarks>
/// Values 0…1 are first rounded to 8 bits, as a file would hold them. Luma is that of MATLAB's <c>rgb2ycbcr</c> for 8-bit images
/// (<see cref="Luma"/>); a gray image is its own luma. Papers leave out as many pixels at each border as the factor of enlargement.
/// </remarks>
public sealed record ImageQuality(double Psnr, double Ssim, double RgbPsnr)
{
    private const double Peak = 255;

    /// <summary>Measures an image against the reference.</summary>
    /// <param name="image">Values 0…1 (clamped), [1, H, W, C], C = 1 or 3.</param>
    /// <param name="reference">The same shape.</param>
    /// <param name="shave">Pixels left out at each of the four borders.</param>
    /// <exception cref="ShapeException">The shapes differ, are none of single images, or leave fewer than 11 × 11 pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">shave is negative.</exception>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static ImageQuality Compare(Tensor image, Tensor reference, int shave)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(reference);
        if (image.Shape != reference.Shape)
        {
            throw new ShapeException(
                $"image quality: the image has shape {image.Shape}, the reference {reference.Shape}. They must be equal: crop the larger.");
        }

        if (image.Shape is not [1, _, _, _])
            throw new ShapeException($"image quality: {image.Shape} is not the shape of one image, [1, H, W, C].");
        return Compare(image.ToArray(), reference.ToArray(), image.Shape[1], image.Shape[2], image.Shape[3], shave);
    }

    /// <summary>The same for values in host memory, rows from the top, channels innermost.</summary>
    /// <inheritdoc cref="Compare(Tensor, Tensor, int)"/>
    /// <param name="image">H · W · C values 0…1 (clamped).</param>
    /// <param name="reference">As many.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C, 1 or 3.</param>
    /// <param name="shave">Pixels left out at each of the four borders.</param>
    public static ImageQuality Compare(
        ReadOnlySpan<float> image, ReadOnlySpan<float> reference, int height, int width, int channels, int shave)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shave);
        int count = height * width * channels;
        if (channels is not (1 or 3) || image.Length != count || reference.Length != count)
        {
            throw new ShapeException(
                $"image quality: {height} × {width} pixels of {channels} channels need {count} values, and channels must be 1 or 3; " +
                $"the image has {image.Length}, the reference {reference.Length}.");
        }

        (int rows, int columns) = (height - 2 * shave, width - 2 * shave);
        if (rows < StructuralSimilarity.WindowSize || columns < StructuralSimilarity.WindowSize)
        {
            throw new ShapeException(
                $"image quality: images of {height} × {width} pixels with {shave} left out at each border have {Math.Max(rows, 0)} × " +
                $"{Math.Max(columns, 0)}; {StructuralSimilarity.WindowSize} × {StructuralSimilarity.WindowSize} are needed. " +
                "Leave out fewer, or compare larger images.");
        }

        double[] a = EightBits(image, width, channels, shave, rows, columns);
        double[] b = EightBits(reference, width, channels, shave, rows, columns);
        double[] lumaA = channels == 3 ? Luma.Of(a) : a, lumaB = channels == 3 ? Luma.Of(b) : b;
        return new ImageQuality(
            PeakSignalToNoise(lumaA, lumaB), StructuralSimilarity.Mean(lumaA, lumaB, rows, columns), PeakSignalToNoise(a, b));
    }

    /// <summary>10 · log₁₀(255² / mean((a − b)²)), dB, of values 0…255; +∞ where a and b are equal.</summary>
    /// <exception cref="ShapeException">They have different lengths, or are empty.</exception>
    public static double PeakSignalToNoise(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length || a.IsEmpty)
            throw new ShapeException($"psnr: {a.Length} and {b.Length} values; both must have the same number, 1 or more.");
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return 10 * Math.Log10(Peak * Peak / (sum / a.Length));
    }

    /// <summary>The inner rectangle, [rows, columns, channels], as whole numbers 0…255 (halves are rounded up).</summary>
    private static double[] EightBits(ReadOnlySpan<float> image, int width, int channels, int shave, int rows, int columns)
    {
        double[] rounded = new double[rows * columns * channels];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = image.Slice(((row + shave) * width + shave) * channels, columns * channels);
            Span<double> to = rounded.AsSpan(row * columns * channels, columns * channels);
            for (int i = 0; i < to.Length; i++)
            {
                if (float.IsNaN(from[i]))
                    throw new ArgumentException($"image quality: row {row + shave} has a NaN. Did a training diverge?", nameof(image));
                to[i] = PixelLevels.Of(from[i]);
            }
        }

        return rounded;
    }
}

using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>The check that an image's values are of the range that everything here counts on.</summary>
internal static class ImageValues
{
    /// <summary>
    /// Bicubic interpolation with a = −0.75 leaves 0…1 by up to 0.446: its weights' magnitudes sum to 1.375 on each axis. Bytes, or values
    /// around 0, leave it by more.
    /// </summary>
    private const double MostBeyond = 0.45;

    /// <summary>So many numbers are looked at together: large images are not there twice.</summary>
    private const int BandElements = 1 << 20;

    /// <summary>Throws where a value is no number, or lies outside 0…1 by more than interpolation explains.</summary>
    /// <exception cref="ArgumentException">The message says which values there are.</exception>
    public static void Require(Tensor image)
    {
        (double least, double most) = RangeOf(image);
        if (!double.IsFinite(least) || !double.IsFinite(most))
        {
            throw new ArgumentException(
                "super-resolution: the image has values that are not numbers (NaN or infinite). Values 0…1 are needed; replace others.");
        }

        if (least < -MostBeyond || most > 1 + MostBeyond)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"super-resolution: the image has values from {least:G4} to {most:G4}; values 0…1 are needed. Divide bytes by 255; "
                + $"clamp what interpolation left outside (Elementwise.Clamp)."));
        }
    }

    /// <summary>The least and the largest value; NaN where there is one.</summary>
    private static (double Least, double Most) RangeOf(Tensor image)
    {
        (int height, int width) = (image.Shape[1], image.Shape[2]);
        int bandRows = Math.Clamp(BandElements / (width * image.Shape[3]), 1, height);
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int top = 0; top < height; top += bandRows)
        {
            using Tensor band = Window.Crop(image, top, 0, Math.Min(bandRows, height - top), width);
            using Tensor negative = Elementwise.Multiply(band, -1);
            using Tensor bandMost = Reduction.Max(band), negativeMost = Reduction.Max(negative);
            // Math.Min and Math.Max pass NaN on.
            (least, most) = (Math.Min(least, -negativeMost.Item()), Math.Max(most, bandMost.Item()));
        }

        return (least, most);
    }
}

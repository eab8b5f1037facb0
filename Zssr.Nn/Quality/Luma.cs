using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>The brightness that papers measure on, as MATLAB's <c>rgb2ycbcr</c> gives it for 8-bit images (ITU-R BT.601).</summary>
public static class Luma
{
    /// <summary>Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255, rounded to whole numbers: 16 for black, 235 for white.</summary>
    /// <param name="rgb">Red, green, blue, red, … as whole numbers 0…255.</param>
    /// <returns>A third as many values.</returns>
    /// <exception cref="ShapeException">The number of values is no multiple of 3.</exception>
    public static double[] Of(ReadOnlySpan<double> rgb)
    {
        if (rgb.Length % 3 != 0)
            throw new ShapeException($"luma: {rgb.Length} values are not red, green and blue of whole pixels.");
        double[] luma = new double[rgb.Length / 3];
        for (int i = 0; i < luma.Length; i++)
        {
            double y = 16 + (65.481 * rgb[3 * i] + 128.553 * rgb[3 * i + 1] + 24.966 * rgb[3 * i + 2]) / 255;
            luma[i] = Math.Round(y, MidpointRounding.AwayFromZero);
        }

        return luma;
    }
}

using System.Runtime.Intrinsics;

namespace Zssr.Nn;

/// <summary>
/// What quantisation leaves of one plane of a JPEG picture (Y, Cb or Cr): each block is transformed, its coefficients are rounded to
/// multiples of their steps, and it is transformed back and rounded to bytes.
/// </summary>
internal static class JpegPlaneDamage
{
    private const int Side = JpegCompression.Side;
    private const float Middle = 128; // samples are counted from it

    /// <summary>Changes a plane in place.</summary>
    /// <param name="plane">Samples 0…255; rows and columns are multiples of 8.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="steps">As <see cref="JpegCompression.Luma"/>.</param>
    public static void Apply(Span<float> plane, int height, int width, IReadOnlyList<int> steps)
    {
        Vector256<float>[] step = CosineBlock.Rows(steps);
        Span<Vector256<float>> coefficients = stackalloc Vector256<float>[Side];
        for (int i = 0; i < plane.Length; i++)
            plane[i] -= Middle;
        for (int top = 0; top < height; top += Side)
        {
            for (int left = 0; left < width; left += Side)
            {
                Span<float> block = plane[(top * width + left)..];
                CosineBlock.Transform(block, width, coefficients);
                for (int row = 0; row < Side; row++)
                    coefficients[row] = Rounded(coefficients[row] / step[row]) * step[row];
                CosineBlock.Restore(coefficients, block, width);
            }
        }

        for (int i = 0; i < plane.Length; i++)
            plane[i] = Math.Clamp(MathF.Round(plane[i] + Middle), 0, 255);
    }

    /// <summary>To the nearest whole number, halves away from 0, as encoders do: means of whole samples are halves often.</summary>
    private static Vector256<float> Rounded(Vector256<float> values) =>
        Vector256.Truncate(values + Vector256.CopySign(Vector256.Create(0.5f), values));
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Zssr.Nn;

/// <summary>
/// The discrete cosine transform of blocks of 8 × 8 samples: F = C · f · Cᵀ with C[u, x] = c(u)/2 · cos((2x + 1)uπ/16), c(0) = 1/√2 and 1
/// for the others. C is orthogonal, so f = Cᵀ · F · C.
/// </summary>
/// <remarks>
/// A row of a block is one vector, and products with C and Cᵀ are sums of rows. Between two of them the block is transposed, so
/// coefficients come out as Fᵀ: that of vertical frequency u and horizontal frequency v stands at 8 · v + u. Source: ITU-T T.81, A.3.3.
/// </remarks>
internal static class CosineBlock
{
    private const int Side = JpegCompression.Side;

    private static readonly float[] Forward = [.. Enumerable.Range(0, Side * Side).Select(i => Cosine(i / Side, i % Side))];
    private static readonly float[] Backward = [.. Enumerable.Range(0, Side * Side).Select(i => Cosine(i % Side, i / Side))];

    /// <summary>The coefficients of a block, Fᵀ.</summary>
    /// <param name="samples">The plane from the block's first sample on.</param>
    /// <param name="stride">Samples from a row to the next.</param>
    /// <param name="coefficients">Takes 8 rows.</param>
    public static void Transform(ReadOnlySpan<float> samples, int stride, Span<Vector256<float>> coefficients)
    {
        Span<Vector256<float>> rows = stackalloc Vector256<float>[Side];
        for (int row = 0; row < Side; row++)
            rows[row] = Vector256.Create(samples.Slice(row * stride, Side));
        Multiply(Forward, rows, coefficients);
        Transpose(coefficients, rows);
        Multiply(Forward, rows, coefficients);
    }

    /// <summary>The block of coefficients Fᵀ.</summary>
    /// <param name="coefficients">8 rows, which are lost.</param>
    /// <param name="samples">The plane from the block's first sample on.</param>
    /// <param name="stride">Samples from a row to the next.</param>
    public static void Restore(Span<Vector256<float>> coefficients, Span<float> samples, int stride)
    {
        Span<Vector256<float>> rows = stackalloc Vector256<float>[Side];
        Multiply(Backward, coefficients, rows);
        Transpose(rows, coefficients);
        Multiply(Backward, coefficients, rows);
        for (int row = 0; row < Side; row++)
            rows[row].CopyTo(samples.Slice(row * stride, Side));
    }

    /// <summary>A table of steps in the order of coefficients: Fᵀ's.</summary>
    public static Vector256<float>[] Rows(IReadOnlyList<int> steps) =>
    [
        .. Enumerable.Range(0, Side).Select(v =>
            Vector256.Create([.. Enumerable.Range(0, Side).Select(u => (float)steps[u * Side + v])])),
    ];

    /// <summary>to[i] = Σₖ matrix[8i + k] · from[k].</summary>
    private static void Multiply(float[] matrix, ReadOnlySpan<Vector256<float>> from, Span<Vector256<float>> to)
    {
        for (int i = 0; i < Side; i++)
        {
            Vector256<float> sum = from[0] * matrix[i * Side];
            for (int k = 1; k < Side; k++)
                sum += from[k] * matrix[i * Side + k];
            to[i] = sum;
        }
    }

    private static void Transpose(ReadOnlySpan<Vector256<float>> from, Span<Vector256<float>> to)
    {
        ReadOnlySpan<float> source = MemoryMarshal.Cast<Vector256<float>, float>(from);
        Span<float> target = MemoryMarshal.Cast<Vector256<float>, float>(to);
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
                target[column * Side + row] = source[row * Side + column];
        }
    }

    private static float Cosine(int u, int x) => (float)((u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * x + 1) * u * Math.PI / 16));
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Zssr.Nn;

/// <summary>The cosine coefficients of the whole blocks of a plane, in levels of 255, for a grid of blocks that begins at one of 64 places.</summary>
internal sealed class BlockCoefficients
{
    private const int Side = JpegCompression.Side;

    private readonly float[] _values;

    private BlockCoefficients(float[] values, int rows, int columns) => (_values, Rows, Columns) = (values, rows, columns);

    /// <summary>Rows of blocks.</summary>
    public int Rows { get; }

    /// <summary>Blocks of a row.</summary>
    public int Columns { get; }

    /// <summary>All blocks.</summary>
    public int Count => Rows * Columns;

    /// <summary>The 64 coefficients of a block: that of vertical frequency u and horizontal frequency v stands at 8 · u + v.</summary>
    public ReadOnlySpan<float> this[int block] => _values.AsSpan(block * JpegCompression.Steps, JpegCompression.Steps);

    /// <summary>Transforms a plane.</summary>
    /// <param name="plane">height × width values, 0…1 for bytes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="top">The first row of the first block, 0 to 7.</param>
    /// <param name="left">Its first column.</param>
    /// <param name="mostRows">Rows of blocks at most: spread over the plane, the rest is passed over.</param>
    public static BlockCoefficients Of(float[] plane, int height, int width, int top, int left, int mostRows = int.MaxValue)
    {
        int all = Math.Max((height - top) / Side, 0), rows = Math.Min(all, mostRows), columns = Math.Max((width - left) / Side, 0);
        float[] values = new float[rows * columns * JpegCompression.Steps];
        Span<Vector256<float>> coefficients = stackalloc Vector256<float>[Side];
        Span<float> transposed = MemoryMarshal.Cast<Vector256<float>, float>(coefficients);
        for (int row = 0; row < rows; row++)
        {
            int first = (top + row * all / rows * Side) * width + left;
            for (int column = 0; column < columns; column++)
            {
                CosineBlock.Transform(plane.AsSpan(first + column * Side), width, coefficients);
                Span<float> block = values.AsSpan((row * columns + column) * JpegCompression.Steps, JpegCompression.Steps);
                for (int i = 0; i < block.Length; i++)
                    block[i] = 255 * transposed[i % Side * Side + i / Side];
                block[0] -= 128 * Side;
            }
        }

        return new BlockCoefficients(values, rows, columns);
    }
}

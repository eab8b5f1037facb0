using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>Shrinking with a blur kernel given as numbers. Its adjoint gathers too, so that no atomic addition is needed.</summary>
internal static class NumericDownscaleKernels
{
    /// <summary>y[n, i, j, c] = Σ_u Σ_v kernel[u, v] · x[n, rows[i, u], columns[j, v], c].</summary>
    public static void Forward<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> kernel, ArrayView<int> rows, ArrayView<int> columns, NumericDownscaleGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int at = Grid.GlobalIndex.X; at < y.IntLength; at += stride)
        {
            int c = at % g.Channels;
            int j = at / g.Channels % g.OutputWidth;
            int i = at / g.Channels / g.OutputWidth % g.OutputHeight;
            int image = at / g.Channels / g.OutputWidth / g.OutputHeight * g.InputHeight;
            T sum = T.Zero;
            for (int u = 0; u < g.KernelHeight; u++)
            {
                int row = (image + rows[i * g.KernelHeight + u]) * g.InputWidth;
                for (int v = 0; v < g.KernelWidth; v++)
                    sum += kernel[u * g.KernelWidth + v] * x[(row + columns[j * g.KernelWidth + v]) * g.Channels + c];
            }

            y[at] = sum;
        }
    }

    /// <summary>
    /// The adjoint: dx[n, a, b, c] = Σ kernel[u, v] · dy[n, i, j, c] over the pairs (i, u) that use row a and (j, v) that use column b.
    /// Each row and column lists its pairs, then −1.
    /// </summary>
    public static void Adjoint<T>(
        ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> kernel,
        ArrayView<int> rows, ArrayView<int> rowTaps, ArrayView<int> columns, ArrayView<int> columnTaps, NumericDownscaleGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rowPairs = rows.IntLength / g.InputHeight, columnPairs = columns.IntLength / g.InputWidth;
        int stride = Grid.DimX * Group.DimX;
        for (int at = Grid.GlobalIndex.X; at < dx.IntLength; at += stride)
        {
            int c = at % g.Channels;
            int b = at / g.Channels % g.InputWidth;
            int a = at / g.Channels / g.InputWidth % g.InputHeight;
            int image = at / g.Channels / g.InputWidth / g.InputHeight * g.OutputHeight;
            T sum = T.Zero;
            for (int p = a * rowPairs; p < (a + 1) * rowPairs && rows[p] >= 0; p++)
            {
                int row = (image + rows[p]) * g.OutputWidth;
                for (int q = b * columnPairs; q < (b + 1) * columnPairs && columns[q] >= 0; q++)
                    sum += kernel[rowTaps[p] * g.KernelWidth + columnTaps[q]] * dy[(row + columns[q]) * g.Channels + c];
            }

            dx[at] = sum;
        }
    }
}

/// <summary>The sizes of one numeric downscale, as its kernels need them.</summary>
/// <param name="InputHeight">Rows before.</param>
/// <param name="InputWidth">Columns before.</param>
/// <param name="OutputHeight">Rows after.</param>
/// <param name="OutputWidth">Columns after.</param>
/// <param name="Channels">Channels of both.</param>
/// <param name="KernelHeight">Rows of the blur kernel.</param>
/// <param name="KernelWidth">Columns of the blur kernel.</param>
internal readonly record struct NumericDownscaleGeometry(
    int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int Channels, int KernelHeight, int KernelWidth);

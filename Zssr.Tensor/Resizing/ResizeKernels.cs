using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// Resizing as sparse matrices: every output element gathers a few weighted input elements, which a table names. Gradients use the
/// transposed table and the same kernel, so nothing is scattered and no atomic addition is needed.
/// </summary>
internal static class ResizeKernels
{
    /// <summary>y[o, i, k] = Σ_t weights[i, t] · x[o, indices[i, t], k], for x [outer, n, inner] and y [outer, m, inner].</summary>
    public static void Gather<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<int> indices, ArrayView<T> weights, int n, int m, int taps, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int at = Grid.GlobalIndex.X; at < y.IntLength; at += stride)
        {
            int k = at % inner;
            int i = at / inner % m;
            int slice = at / inner / m * n * inner + k;
            T sum = T.Zero;
            for (int t = 0; t < taps; t++)
                sum += weights[i * taps + t] * x[slice + indices[i * taps + t] * inner];
            y[at] = sum;
        }
    }
}

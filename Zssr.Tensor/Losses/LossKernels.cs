using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The portable kernels of losses. Each weight serves a run of <c>elementsPerWeight</c> consecutive elements: 1 where weights have
/// x's shape, C where there is one a pixel, 0 where all weigh 1; then any view may stand in for the weights, it is not read.
/// </summary>
internal static class LossKernels
{
    /// <summary>y[i] = Σ w · TLoss(x − target) / divisor over the terms of result i: the first stage of a reduction.</summary>
    public static void FoldErrors<T, TLoss>(
        ArrayView<T> x, ArrayView<T> target, ArrayView<T> weights, int elementsPerWeight, ArrayView<T> y, FoldStage stage, T divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, ILoss
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
        {
            int first = stage.First(i);
            int terms = stage.TermCount(first);
            T sum = T.Zero;
            for (int k = 0; k < terms; k++)
            {
                int element = first + k * stage.Width;
                T error = TLoss.Value(x[element] - target[element]);
                sum += elementsPerWeight == 0 ? error : weights[element / elementsPerWeight] * error;
            }

            y[i] = sum / divisor;
        }
    }

    /// <summary>dx[i] = scale/count · w · TLoss'(x − target), with the scale read from device memory.</summary>
    public static void Gradient<T, TLoss>(
        ArrayView<T> x, ArrayView<T> target, ArrayView<T> weights, int elementsPerWeight, ArrayView<T> scale, T count, ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, ILoss
    {
        int stride = Grid.DimX * Group.DimX;
        T share = scale[0] / count;
        for (int i = Grid.GlobalIndex.X; i < dx.IntLength; i += stride)
        {
            T slope = share * TLoss.Slope(x[i] - target[i]);
            dx[i] = elementsPerWeight == 0 ? slope : weights[i / elementsPerWeight] * slope;
        }
    }
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The portable kernels of reductions, each one <see cref="FoldStage"/>. A work-item makes a whole result, so any grid is right.
/// </summary>
internal static class ReductionKernels
{
    /// <summary>y[i] = (the terms of result i, combined in order) / divisor. The divisor is 1 but in the last stage of a mean.</summary>
    public static void Fold<T, TReduction>(ArrayView<T> x, ArrayView<T> y, FoldStage stage, T divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TReduction : struct, IReduction
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
        {
            int first = stage.First(i);
            int terms = stage.TermCount(first);
            T result = TReduction.Identity<T>();
            for (int k = 0; k < terms; k++)
                result = TReduction.Combine(result, x[first + k * stage.Width]);
            y[i] = result / divisor;
        }
    }

    /// <summary>y[i] = Σ (x − mean of the channel)² / divisor over the terms of result i: the first stage of a variance.</summary>
    public static void FoldSquaredDeviations<T>(ArrayView<T> x, ArrayView<T> mean, ArrayView<T> y, FoldStage stage, T divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
        {
            int first = stage.First(i);
            int terms = stage.TermCount(first);
            // A row holds whole pixels, so all terms of a result are of one channel.
            T center = mean[i % mean.IntLength];
            T sum = T.Zero;
            for (int k = 0; k < terms; k++)
            {
                T deviation = x[first + k * stage.Width] - center;
                sum += deviation * deviation;
            }

            y[i] = sum / divisor;
        }
    }
}

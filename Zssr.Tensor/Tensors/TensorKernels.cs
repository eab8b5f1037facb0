using ILGPU;

namespace Zssr.Tensors;

/// <summary>The kernels that tensors themselves need. A work-item takes every stride-th element, so any grid is right.</summary>
internal static class TensorKernels
{
    /// <summary>y[i] = value.</summary>
    public static void Fill<T>(ArrayView<T> y, T value)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = value;
    }

    /// <summary>y[i] = x[i], exactly.</summary>
    public static void Widen(ArrayView<float> x, ArrayView<double> y)
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = x[i];
    }

    /// <summary>y[i] = x[i], rounded to the nearest float32.</summary>
    public static void Narrow(ArrayView<double> x, ArrayView<float> y)
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = (float)x[i];
    }
}

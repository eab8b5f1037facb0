using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The portable kernels of element-wise functions. A work-item takes every stride-th element, so any grid is right.</summary>
internal static class ElementwiseKernels
{
    /// <summary>y[i] = TOp(x[i]).</summary>
    public static void Map<T, TOp>(ArrayView<T> x, ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryOp
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = TOp.Apply(x[i]);
    }

    /// <summary>y[i] = TOp(x[i], a, b).</summary>
    public static void MapScalar<T, TOp>(ArrayView<T> x, ArrayView<T> y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IScalarOp
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = TOp.Apply(x[i], a, b);
    }

    /// <summary>z[i] = TOp(x[i], y[i]).</summary>
    public static void Zip<T, TOp>(ArrayView<T> x, ArrayView<T> y, ArrayView<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryOp
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < z.IntLength; i += stride)
            z[i] = TOp.Apply(x[i], y[i]);
    }

    /// <summary>z[i] = TOp(x[i], y[i mod C]): y has one number a channel, and channels are the last axis of x.</summary>
    public static void ZipChannels<T, TOp>(ArrayView<T> x, ArrayView<T> y, ArrayView<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryOp
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < z.IntLength; i += stride)
            z[i] = TOp.Apply(x[i], y[i % y.IntLength]);
    }

    /// <summary>y[i] = x[i mod length of x]: the whole of x over and over.</summary>
    public static void Tile<T>(ArrayView<T> x, ArrayView<T> y)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = x[i % x.IntLength];
    }
}

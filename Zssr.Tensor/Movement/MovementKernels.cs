using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The kernels that copy elements to other places. A work-item takes every stride-th element, so any grid is right.</summary>
internal static class MovementKernels
{
    /// <summary>y[n, i, j, c] = x[n, pixel (i, j) of the walk, c].</summary>
    public static void Walk<T>(ArrayView<T> x, ArrayView<T> y, PixelWalk walk, int channels)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
        {
            int channel = index % channels;
            int pixel = index / channels;
            int column = pixel % walk.Width;
            int row = pixel / walk.Width % walk.Height;
            int firstPixelOfImage = pixel - row * walk.Width - column;
            int source = firstPixelOfImage + walk.Origin + row * walk.RowStep + column * walk.ColumnStep;
            y[index] = x[source * channels + channel];
        }
    }

    /// <summary>y[n, i, j, c] = x[n, top + i, left + j, c], and 0 where that lies outside x.</summary>
    public static void CopyWindow<T>(ArrayView<T> x, ArrayView<T> y, WindowGeometry window)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
        {
            int source = window.SourceOf(index);
            y[index] = source >= 0 ? x[source] : T.Zero;
        }
    }

    /// <summary>The window of y, which lies inside it, becomes x: y[n, top + i, left + j, c] = x[n, i, j, c]. The rest of y stays as it is.</summary>
    public static void PlaceWindow<T>(ArrayView<T> x, ArrayView<T> y, WindowGeometry window)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < x.IntLength; index += stride)
        {
            y[window.SourceOf(index)] = x[index];
        }
    }

    /// <summary>
    /// Puts one part of a concatenation in its place. x consists of runs of partRun contiguous elements; each goes into the next
    /// run of wholeRun elements of y, after the offset elements of the parts before it. The rest of y stays as it is.
    /// </summary>
    public static void PlaceRuns<T>(ArrayView<T> x, ArrayView<T> y, int partRun, int wholeRun, int offset)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < x.IntLength; index += stride)
            y[index / partRun * wholeRun + offset + index % partRun] = x[index];
    }

    /// <summary>y[i] = x[the source of i], with an own step through x for each axis of y.</summary>
    public static void CopyStrided<T>(ArrayView<T> x, ArrayView<T> y, StridedGeometry geometry)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
            y[index] = x[geometry.SourceOf(index)];
    }

    /// <summary>Channels become pixels: each element of y, the large image, is an element of x.</summary>
    public static void DepthToSpace<T>(ArrayView<T> x, ArrayView<T> y, SubPixelGeometry geometry)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
            y[index] = x[geometry.DeepOf(index)];
    }

    /// <summary>Pixels become channels: each element of y, the small image, is an element of x.</summary>
    public static void SpaceToDepth<T>(ArrayView<T> x, ArrayView<T> y, SubPixelGeometry geometry)
        where T : unmanaged
    {
        int stride = Grid.DimX * Group.DimX;
        for (int index = Grid.GlobalIndex.X; index < y.IntLength; index += stride)
            y[index] = x[geometry.SpaceOf(index)];
    }
}

using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// Changes the size of images [N, H, W, C], one axis after the other. Two families, of which neither replaces the other: PyTorch's
/// <c>interpolate</c> and MATLAB's <c>imresize</c>. Values may be of any range; bicubic and Lanczos results can leave it slightly.
/// </summary>
/// <remarks>A resize is what is done to a tensor. Which one a recipe of training takes is its rescaling, in Zssr.Nn.</remarks>
public static class Resize
{
    /// <summary>One axis of any tensor through a table: y[…, i, …] = Σ_t weight[i, t] · x[…, index[i, t], …].</summary>
    /// <exception cref="ShapeException">There is no such axis, or its length is not the table's.</exception>
    public static Tensor Along(Tensor x, int axis, ResizeAxis table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using DeviceCall call = DeviceCall.Begin("resize", x);
        if (axis < 0 || axis >= x.Shape.Rank || x.Shape[axis] != table.InputLength)
            throw new ShapeException($"{call}: the table is for {table.InputLength} pixels along axis {axis}; x has shape {x.Shape}.");

        int[] sizes = x.Shape.Sizes.ToArray();
        sizes[axis] = table.OutputLength;
        Tensor y = call.New(Shape.Create(sizes), x.DType);
        int inner = 1;
        foreach (int size in sizes.AsSpan(axis + 1))
            inner *= size;
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            call.Guard(() => GatherOnHost(host, x, y, table, inner));
        else if (x.DType == DType.Float32)
            Gather<float>(call, x, y, table, inner);
        else
            Gather<double>(call, x, y, table, inner);
        return call.Result(y);
    }

    /// <summary>As PyTorch's <c>interpolate</c>: to a size, bilinear or bicubic (a = −0.75), without antialiasing, edges clamped.</summary>
    /// <param name="x">Images [N, H, W, C].</param>
    /// <param name="height">Rows of the result, 1 or more.</param>
    /// <param name="width">Columns of the result, 1 or more.</param>
    /// <param name="mode">The kernel.</param>
    /// <param name="alignCorners">Whether corner pixels stay corner pixels, rather than half-pixel centres.</param>
    /// <returns>[N, height, width, C], of x's type.</returns>
    /// <exception cref="ShapeException">x is not images, or an axis is less than 1 or more than 16,777,216 pixels long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not a value of the enumeration.</exception>
    public static Tensor Interpolate(Tensor x, int height, int width, InterpolationMode mode, bool alignCorners = false)
    {
        Check.Images("interpolate", x);
        return SeparableResize.Interpolate(x.Shape[1], x.Shape[2], height, width, mode, alignCorners).Apply(x);
    }

    /// <summary>As MATLAB's <c>imresize</c>: by scales, antialiased along axes that shrink.</summary>
    /// <param name="x">Images [N, H, W, C].</param>
    /// <param name="verticalScale">Rows after for each row before.</param>
    /// <param name="horizontalScale">Columns after for each column before.</param>
    /// <param name="height">Rows of the result; ⌈H · scale⌉ unless given. The scale still decides where rows lie.</param>
    /// <param name="width">Columns of the result; likewise.</param>
    /// <param name="kernel">Cubic (a = −0.5), linear, box, or Lanczos.</param>
    /// <param name="antialias">Whether to widen the kernel along axes that shrink.</param>
    /// <param name="border">What stands for pixels outside.</param>
    /// <returns>[N, height, width, C], of x's type.</returns>
    /// <exception cref="ShapeException">x is not images, or an axis is less than 1 or more than 16,777,216 pixels long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A scale is not a positive, finite number, or the kernel or border is not a value of its enumeration.
    /// </exception>
    public static Tensor ImResize(
        Tensor x, double verticalScale, double horizontalScale, int? height = null, int? width = null,
        ResizeKernel kernel = ResizeKernel.Cubic, bool antialias = true, ResizeBorder border = ResizeBorder.Symmetric)
    {
        Check.Images("imresize", x);
        var plan = new ImResizePlan(x.Shape[1], x.Shape[2], verticalScale, horizontalScale, height, width, kernel, antialias, border);
        return new SeparableResize(plan).Apply(x);
    }

    /// <summary>A border of mirrored pixels around images.</summary>
    /// <param name="x">Images [N, H, W, C].</param>
    /// <param name="top">Rows added above, 0 or more; more than H too (the mirror image is mirrored again).</param>
    /// <param name="bottom">Rows added below.</param>
    /// <param name="left">Columns added on the left, 0 or more; more than W too.</param>
    /// <param name="right">Columns added on the right.</param>
    /// <param name="mode">Whether the edge pixel is repeated.</param>
    /// <returns>[N, top + H + bottom, left + W + right, C], of x's type.</returns>
    /// <exception cref="ShapeException">x is not images, a width is negative, or the result would be too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not a value of the enumeration.</exception>
    public static Tensor MirrorPad(Tensor x, int top, int bottom, int left, int right, MirrorMode mode = MirrorMode.Symmetric)
    {
        Check.Images("mirror pad", x);
        ResizeAxis rows = ResizeAxis.MirrorPad(x.Shape[1], top, bottom, mode);
        ResizeAxis columns = ResizeAxis.MirrorPad(x.Shape[2], left, right, mode);
        return new SeparableResize(rows, columns, verticalFirst: true).Apply(x);
    }

    private static unsafe void GatherOnHost(Host host, Tensor x, Tensor y, ResizeAxis table, int inner) =>
        HostResize.Along(host, x.Pointer, y.Pointer, table, y.Count / table.OutputLength / inner, inner);

    private static void Gather<T>(DeviceCall call, Tensor x, Tensor y, ResizeAxis table, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor indices = call.NewTable(table.Indices), weights = call.NewNumbers(table.Weights, x.DType);
        call.Kernels.Launch(
            ResizeKernels.Gather, call.Elements(y), x.View<T>(), y.View<T>(), indices.View<int>(), weights.View<T>(),
            table.InputLength, table.OutputLength, table.Taps, inner);
    }
}

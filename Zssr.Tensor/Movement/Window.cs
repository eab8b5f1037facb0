namespace Zssr.Tensors;

/// <summary>
/// Parts of tensors, and tensors as parts of larger ones that are zero elsewhere. Taking a part and embedding it are each other's
/// adjoint: <see cref="Crop(Tensor, int, int, int, int)"/> and <see cref="ZeroPad"/>, <see cref="Slice"/> and <see cref="Embed"/>. All are
/// copies. <see cref="Place"/> writes into a tensor that exists.
/// </summary>
public static class Window
{
    /// <summary>A rectangle of every image: y[n, i, j, c] = x[n, top + i, left + j, c].</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="top">The first row, 0 or more.</param>
    /// <param name="left">The first column, 0 or more.</param>
    /// <param name="height">Rows, 0 or more; top + height is at most H.</param>
    /// <param name="width">Columns, 0 or more; left + width is at most W.</param>
    /// <returns>[N, height, width, C].</returns>
    /// <exception cref="ShapeException">x has not four axes, or the rectangle is not inside the image.</exception>
    public static Tensor Crop(Tensor x, int top, int left, int height, int width)
    {
        using DeviceCall call = DeviceCall.Begin("crop", x);
        Check.Rank(call, x, 4, "an image batch [N, H, W, C]");
        (int sourceHeight, int sourceWidth) = (x.Shape[1], x.Shape[2]);
        if (!IsInside(top, height, sourceHeight) || !IsInside(left, width, sourceWidth))
        {
            throw new ShapeException(
                $"{call}: {height} rows from row {top} and {width} columns from column {left} are not inside an image of " +
                $"{sourceHeight} rows and {sourceWidth} columns. Make the crop smaller or move it; ZeroPad adds a border.");
        }

        var window = new WindowGeometry(sourceHeight, sourceWidth, x.Shape[3], top, left, height, width);
        return Copy(call, x, [x.Shape[0], height, width, x.Shape[3]], window);
    }

    /// <summary>The same of a rectangle of pixels; of all pixels, the tensor itself with a second owner.</summary>
    /// <exception cref="ShapeException">x has not four axes, or the rectangle is not inside the image.</exception>
    public static Tensor Crop(Tensor x, PixelArea area) => area == PixelArea.Whole(x)
        ? x.Share() : Crop(x, area.Rows.Start, area.Columns.Start, area.Rows.Length, area.Columns.Length);

    /// <summary>Writes images over a rectangle of larger ones, in place: whole[n, top + i, left + j, c] = part[n, i, j, c].</summary>
    /// <param name="part">[N, h, w, C].</param>
    /// <param name="whole">[N, H, W, C]; changed.</param>
    /// <param name="top">The first row, 0 or more; top + h is at most H.</param>
    /// <param name="left">The first column, 0 or more; left + w is at most W.</param>
    /// <exception cref="ShapeException">They have not four axes, differ in N or C, or the part does not fit there.</exception>
    public static void Place(Tensor part, Tensor whole, int top, int left)
    {
        using DeviceCall call = DeviceCall.Begin("place", part, whole);
        Check.Rank(call, part, 4, "an image batch [N, H, W, C]");
        Check.Rank(call, whole, 4, "an image batch [N, H, W, C]");
        (Shape small, Shape large) = (part.Shape, whole.Shape);
        if (small[0] != large[0] || small[3] != large[3] || !IsInside(top, small[1], large[1]) || !IsInside(left, small[2], large[2]))
        {
            throw new ShapeException(
                $"{call}: {small}, put at row {top} and column {left}, does not fit into {large}. "
                + "The numbers of images and channels must be equal, and the part must lie inside.");
        }

        var window = new WindowGeometry(large[1], large[2], large[3], top, left, small[1], small[2]);
        if (part.Count == 0)
            return;
        call.Changes(whole);
        if (part.DType == DType.Float32 && call.Device.Host is { } host)
            PlaceOnHost(host, part, whole, window);
        else if (part.DType == DType.Float32)
            call.Kernels.Launch(MovementKernels.PlaceWindow, call.Elements(part), part.View<float>(), whole.View<float>(), window);
        else
            call.Kernels.Launch(MovementKernels.PlaceWindow, call.Elements(part), part.View<double>(), whole.View<double>(), window);
    }

    /// <summary>Every image with a border of zeros: y[n, top + i, left + j, c] = x[n, i, j, c], 0 elsewhere.</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="top">Rows of zeros above, 0 or more.</param>
    /// <param name="bottom">Rows of zeros below, 0 or more.</param>
    /// <param name="left">Columns of zeros on the left, 0 or more.</param>
    /// <param name="right">Columns of zeros on the right, 0 or more.</param>
    /// <returns>[N, top + H + bottom, left + W + right, C].</returns>
    /// <exception cref="ShapeException">x has not four axes, or a border is negative.</exception>
    public static Tensor ZeroPad(Tensor x, int top, int bottom, int left, int right)
    {
        using DeviceCall call = DeviceCall.Begin("zero pad", x);
        Check.Rank(call, x, 4, "an image batch [N, H, W, C]");
        if (top < 0 || bottom < 0 || left < 0 || right < 0)
        {
            throw new ShapeException(
                $"{call}: the border (top {top}, bottom {bottom}, left {left}, right {right}) has a negative size. " +
                "Sizes are 0 or more; use Crop to remove rows and columns.");
        }

        int height = Sum(call, top, x.Shape[1], bottom);
        int width = Sum(call, left, x.Shape[2], right);
        var window = new WindowGeometry(x.Shape[1], x.Shape[2], x.Shape[3], -top, -left, height, width);
        return Copy(call, x, [x.Shape[0], height, width, x.Shape[3]], window);
    }

    /// <summary>
    /// A stretch of one axis: y[…, i, …] = x[…, start + i, …].
    /// </summary>
    /// <param name="x">Any shape with at least one axis.</param>
    /// <param name="axis">Which axis, counted from 0.</param>
    /// <param name="start">Its first index, 0 or more.</param>
    /// <param name="length">How many, 0 or more; start + length is at most the axis's size.</param>
    /// <returns>x's shape, with the axis's size replaced by length.</returns>
    /// <exception cref="ShapeException">x has no such axis, or the stretch is not inside it.</exception>
    public static Tensor Slice(Tensor x, int axis, int start, int length)
    {
        using DeviceCall call = DeviceCall.Begin("slice", x);
        CheckAxis(call, x.Shape, axis);
        if (!IsInside(start, length, x.Shape[axis]))
        {
            throw new ShapeException(
                $"{call}: {length} from index {start} are not inside axis {axis}, which has size {x.Shape[axis]}. " +
                "start and length must be 0 or more and their sum at most that size.");
        }

        return CopyAlong(call, x, axis, start, length);
    }

    /// <summary>
    /// The adjoint of <see cref="Slice"/>: x as the stretch of an axis of a larger tensor that is zero elsewhere,
    /// y[…, start + i, …] = x[…, i, …].
    /// </summary>
    /// <param name="x">Any shape with at least one axis.</param>
    /// <param name="axis">Which axis, counted from 0.</param>
    /// <param name="start">Where x begins, 0 or more.</param>
    /// <param name="size">The size of the axis in the result; at least start + x's own.</param>
    /// <returns>x's shape, with the axis's size replaced by size.</returns>
    /// <exception cref="ShapeException">x has no such axis, or does not fit there.</exception>
    public static Tensor Embed(Tensor x, int axis, int start, int size)
    {
        using DeviceCall call = DeviceCall.Begin("embed", x);
        CheckAxis(call, x.Shape, axis);
        if (!IsInside(start, x.Shape[axis], size))
        {
            throw new ShapeException(
                $"{call}: axis {axis} of size {x.Shape[axis]}, put at index {start}, does not fit into size {size}. " +
                "start must be 0 or more and size at least start plus the axis's own size.");
        }

        return CopyAlong(call, x, axis, -start, size);
    }

    /// <summary>A window of one axis: with the axes before it as the batch and those after it as channels, a window of rows.</summary>
    private static Tensor CopyAlong(DeviceCall call, Tensor x, int axis, int start, int length)
    {
        int inner = 1;
        foreach (int size in x.Shape.Sizes[(axis + 1)..])
            inner *= size;
        int[] sizes = x.Shape.Sizes.ToArray();
        sizes[axis] = length;
        var window = new WindowGeometry(x.Shape[axis], SourceWidth: 1, Channels: inner, Top: start, Left: 0, Height: length, Width: 1);
        return Copy(call, x, Shape.Create(sizes), window);
    }

    private static Tensor Copy(DeviceCall call, Tensor x, Shape shape, WindowGeometry window)
    {
        Tensor y = call.New(shape, x.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            CopyOnHost(host, x, y, window);
        else if (x.DType == DType.Float32)
            call.Kernels.Launch(MovementKernels.CopyWindow, call.Elements(y), x.View<float>(), y.View<float>(), window);
        else
            call.Kernels.Launch(MovementKernels.CopyWindow, call.Elements(y), x.View<double>(), y.View<double>(), window);
        return call.Result(y);
    }

    private static unsafe void CopyOnHost(Host host, Tensor x, Tensor y, WindowGeometry window) =>
        host.Run(new CopyWindowWork(x.Pointer, y.Pointer, y.Count / (window.Height * window.Width * window.Channels), window));

    private static unsafe void PlaceOnHost(Host host, Tensor part, Tensor whole, WindowGeometry window) =>
        host.Run(new PlaceWindowWork(part.Pointer, whole.Pointer, part.Shape[0], window));

    private static bool IsInside(int start, int length, int size) => start >= 0 && length >= 0 && (long)start + length <= size;

    private static void CheckAxis(DeviceCall call, Shape shape, int axis)
    {
        if (axis < 0 || axis >= shape.Rank)
            throw new ShapeException($"{call}: {shape} has no axis {axis}; it has {shape.Rank} axes, counted from 0.");
    }

    private static int Sum(DeviceCall call, int before, int size, int after)
    {
        long sum = (long)before + size + after;
        return sum <= int.MaxValue
            ? (int)sum
            : throw new ShapeException($"{call}: {before} + {size} + {after} is more than an axis can have ({int.MaxValue}). Pad less.");
    }
}

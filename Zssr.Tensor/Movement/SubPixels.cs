namespace Zssr.Tensors;

/// <summary>
/// Channels that become pixels, and back: a block of bv × bh pixels of a large image is one pixel of a small one, with bv·bh times the
/// channels. Each is the other's inverse and adjoint. Source: Shi et al. 2016, the "periodic shuffling" of a sub-pixel convolution.
/// </summary>
/// <remarks>
/// The order of channels is that of ONNX's <c>DepthToSpace</c> in its mode <c>DCR</c>, the standard's default: channel
/// (r·bh + s)·C + c of the small image is channel c of the block's pixel (r, s). So a row of a block lies contiguous in both images.
/// (PyTorch's <c>pixel_shuffle</c> has the order of mode <c>CRD</c>: c·bv·bh + r·bh + s.)
/// </remarks>
public static class SubPixels
{
    /// <summary>y[n, bv·i + r, bh·j + s, c] = x[n, i, j, (r·bh + s)·C + c].</summary>
    /// <param name="x">[N, H, W, bv·bh·C].</param>
    /// <param name="blockRows">bv, rows of the result for each of x; 1 or more.</param>
    /// <param name="blockColumns">bh, columns of the result for each of x; 1 or more.</param>
    /// <returns>[N, bv·H, bh·W, C]; always a new tensor.</returns>
    /// <exception cref="ShapeException">x has not four axes, its channels are no multiple of bv·bh, or the result is too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side of the block is less than 1.</exception>
    public static Tensor DepthToSpace(Tensor x, int blockRows, int blockColumns)
    {
        using DeviceCall call = DeviceCall.Begin("depth to space", x);
        Check.Rank(call, x, 4, "an image batch [N, H, W, C]");
        RequireBlock(blockRows, blockColumns);
        long block = (long)blockRows * blockColumns;
        if (x.Shape[3] % block != 0)
        {
            throw new ShapeException(
                $"{call}: the {x.Shape[3]} channels of {x.Shape} are no multiple of {blockRows} x {blockColumns} = {block}. "
                + "Each pixel of a block takes as many channels as the result has.");
        }

        var geometry = new SubPixelGeometry(x.Shape[1], x.Shape[2], blockRows, blockColumns, (int)(x.Shape[3] / block));
        Tensor y = call.New(
            [x.Shape[0], Times(call, x.Shape[1], blockRows), Times(call, x.Shape[2], blockColumns), geometry.Channels], x.DType);
        return Moved(call, x, y, geometry, toSpace: true);
    }

    /// <summary>y[n, i, j, (r·bh + s)·C + c] = x[n, bv·i + r, bh·j + s, c].</summary>
    /// <param name="x">[N, bv·H, bh·W, C].</param>
    /// <param name="blockRows">bv, rows of x for each of the result; 1 or more.</param>
    /// <param name="blockColumns">bh, columns of x for each of the result; 1 or more.</param>
    /// <returns>[N, H, W, bv·bh·C]; always a new tensor.</returns>
    /// <exception cref="ShapeException">x has not four axes, or its rows or columns are no multiple of the block's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side of the block is less than 1.</exception>
    public static Tensor SpaceToDepth(Tensor x, int blockRows, int blockColumns)
    {
        using DeviceCall call = DeviceCall.Begin("space to depth", x);
        Check.Rank(call, x, 4, "an image batch [N, H, W, C]");
        RequireBlock(blockRows, blockColumns);
        if (x.Shape[1] % blockRows != 0 || x.Shape[2] % blockColumns != 0)
        {
            throw new ShapeException(
                $"{call}: {x.Shape} has {x.Shape[1]} rows and {x.Shape[2]} columns, which blocks of {blockRows} x {blockColumns} do not "
                + "fill. Crop or pad it to multiples of the block.");
        }

        var geometry = new SubPixelGeometry(x.Shape[1] / blockRows, x.Shape[2] / blockColumns, blockRows, blockColumns, x.Shape[3]);
        int depth = Times(call, Times(call, blockRows, blockColumns), x.Shape[3]);
        Tensor y = call.New([x.Shape[0], geometry.Height, geometry.Width, depth], x.DType);
        return Moved(call, x, y, geometry, toSpace: false);
    }

    private static Tensor Moved(DeviceCall call, Tensor x, Tensor y, SubPixelGeometry geometry, bool toSpace)
    {
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            MoveOnHost(host, x, y, geometry, toSpace);
        else if (x.DType == DType.Float32)
            Launch<float>(call, x, y, geometry, toSpace);
        else
            Launch<double>(call, x, y, geometry, toSpace);
        return call.Result(y);
    }

    private static void Launch<T>(DeviceCall call, Tensor x, Tensor y, SubPixelGeometry geometry, bool toSpace)
        where T : unmanaged
    {
        if (toSpace)
            call.Kernels.Launch(MovementKernels.DepthToSpace, call.Elements(y), x.View<T>(), y.View<T>(), geometry);
        else
            call.Kernels.Launch(MovementKernels.SpaceToDepth, call.Elements(y), x.View<T>(), y.View<T>(), geometry);
    }

    private static unsafe void MoveOnHost(Host host, Tensor x, Tensor y, SubPixelGeometry geometry, bool toSpace) =>
        host.Run(new SubPixelWork(x.Pointer, y.Pointer, geometry, x.Shape[0], toSpace));

    private static void RequireBlock(int blockRows, int blockColumns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockColumns, 1);
    }

    private static int Times(DeviceCall call, int a, int b)
    {
        long product = (long)a * b;
        return product <= int.MaxValue
            ? (int)product
            : throw new ShapeException($"{call}: an axis of the result would have size {product}, more than {int.MaxValue}.");
    }
}

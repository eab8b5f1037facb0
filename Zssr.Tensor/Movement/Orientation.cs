namespace Zssr.Tensors;

/// <summary>
/// Quarter turns and mirror images of an image batch [N, H, W, C], exact and reversible: the eight symmetries of the square, from
/// which training pairs and self-ensembles are made. Their adjoint is their inverse: turn back, mirror again.
/// </summary>
public static class Orientation
{
    /// <summary>
    /// Turns every image counter-clockwise by quarterTurns · 90°, as NumPy's <c>rot90</c> does with its first two axes:
    /// once, y[n, i, j, c] = x[n, j, W − 1 − i, c].
    /// </summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="quarterTurns">Any integer; only its value modulo 4 matters, so −1 turns clockwise and undoes 1.</param>
    /// <returns>[N, W, H, C] for odd numbers of turns, [N, H, W, C] for even ones; always a new tensor.</returns>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Tensor Rotate90(Tensor x, int quarterTurns)
    {
        using DeviceCall call = DeviceCall.Begin("rotate90", x);
        CheckImages(call, x);
        return Read(call, x, PixelWalk.Turned(x.Shape[1], x.Shape[2], quarterTurns));
    }

    /// <summary>Exchanges left and right: y[n, i, j, c] = x[n, i, W − 1 − j, c]; [N, H, W, C] as x.</summary>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Tensor FlipHorizontal(Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("flip horizontal", x);
        CheckImages(call, x);
        return Read(call, x, PixelWalk.MirroredSideways(x.Shape[1], x.Shape[2]));
    }

    /// <summary>Exchanges top and bottom: y[n, i, j, c] = x[n, H − 1 − i, j, c]; [N, H, W, C] as x.</summary>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Tensor FlipVertical(Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("flip vertical", x);
        CheckImages(call, x);
        return Read(call, x, PixelWalk.MirroredUpright(x.Shape[1], x.Shape[2]));
    }

    private static void CheckImages(DeviceCall call, Tensor x) => Check.Rank(call, x, 4, "an image batch [N, H, W, C]");

    private static Tensor Read(DeviceCall call, Tensor x, PixelWalk walk)
    {
        Tensor y = call.New([x.Shape[0], walk.Height, walk.Width, x.Shape[3]], x.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            ReadOnHost(host, x, y, walk);
        else if (x.DType == DType.Float32)
            call.Kernels.Launch(MovementKernels.Walk, call.Elements(y), x.View<float>(), y.View<float>(), walk, x.Shape[3]);
        else
            call.Kernels.Launch(MovementKernels.Walk, call.Elements(y), x.View<double>(), y.View<double>(), walk, x.Shape[3]);
        return call.Result(y);
    }

    private static unsafe void ReadOnHost(Host host, Tensor x, Tensor y, PixelWalk walk) =>
        host.Run(new WalkWork(x.Pointer, y.Pointer, walk, x.Shape[0], x.Shape[3]));
}

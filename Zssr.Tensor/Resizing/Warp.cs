using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Images seen through a geometric map: turned, sheared, scaled, moved by parts of a pixel, all in one pass.</summary>
public static class Warp
{
    /// <summary>
    /// Samples images at the positions of an affine map: y[n, i, j, c] = Σ_a Σ_b h(u − a) · h(v − b) · x[n, a, b, c] over the 4 × 4 pixels
    /// (a, b) around (u, v) = map(i, j), with the cubic convolution kernel h (a = −½, as MATLAB's imresize). Pixels outside the image are
    /// those of its mirror image, edge pixel repeated, however far outside.
    /// </summary>
    /// <param name="x">Images [N, H, W, C].</param>
    /// <param name="map">From pixels of the result to positions in x.</param>
    /// <param name="height">Rows of the result, 1 or more.</param>
    /// <param name="width">Columns of the result, 1 or more.</param>
    /// <returns>[N, height, width, C]. Values may leave x's range slightly; positions at pixel centres give exactly those pixels.</returns>
    /// <remarks>
    /// There is no antialiasing: where the map shrinks, blur first. Positions are accurate to 2·10⁻⁷ pixels in float32, on images of any
    /// size. Source: R. Keys, "Cubic convolution interpolation for digital image processing", 1981.
    /// </remarks>
    /// <exception cref="ShapeException">x is not images, or a length is less than 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The map is not finite.</exception>
    public static Tensor Affine(Tensor x, AffineMap map, int height, int width)
    {
        using DeviceCall call = DeviceCall.Begin("affine warp", x);
        Check.Rank(call, x, 4, "an image batch [N, H, W, C]");
        var table = new AffineTable(map, x.Shape[1], x.Shape[2], height, width);
        var geometry = new AffineGeometry(x.Shape[1], x.Shape[2], height, width, x.Shape[3]);
        Tensor y = call.New([x.Shape[0], height, width, x.Shape[3]], x.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            call.Guard(() => RunOnHost(host, x, y, table, geometry));
        else if (x.DType == DType.Float32)
            Run<float>(call, x, y, table, geometry);
        else
            Run<double>(call, x, y, table, geometry);
        return call.Result(y);
    }

    private static unsafe void RunOnHost(Host host, Tensor x, Tensor y, AffineTable table, AffineGeometry geometry)
    {
        float[] fractions = Array.ConvertAll(table.Fractions, fraction => (float)fraction);
        fixed (int* pixels = table.Pixels)
        fixed (float* fractionsStart = fractions)
            host.Run(new AffineWork(x.Pointer, y.Pointer, x.Shape[0], pixels, fractionsStart, geometry, host));
    }

    private static void Run<T>(DeviceCall call, Tensor x, Tensor y, AffineTable table, AffineGeometry geometry)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor pixels = call.NewTable(table.Pixels), fractions = call.NewNumbers(table.Fractions, x.DType);
        call.Kernels.Launch(
            AffineKernels.Bicubic, call.Elements(y), x.View<T>(), y.View<T>(), pixels.View<int>(), fractions.View<T>(), geometry);
    }
}

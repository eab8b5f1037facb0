using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of both families of resizing, of shrinking with a numeric kernel, and of affine warps.</summary>
internal static class ResizeCases
{
    public static IEnumerable<OpCase> All() => Interpolate().Concat(ImResize()).Concat(NumericKernels()).Concat(Warps());

    private static IEnumerable<OpCase> Interpolate()
    {
        HostArray x = CaseInputs.Arbitrary([2, 5, 7, 3], 51), pixel = CaseInputs.Arbitrary([1, 1, 1, 2], 52);
        foreach ((HostArray image, int height, int width) in new[] { (x, 10, 14), (x, 3, 2), (x, 5, 7), (x, 8, 3), (pixel, 3, 4) })
        {
            foreach (InterpolationMode mode in Enum.GetValues<InterpolationMode>())
            {
                bool bicubic = mode == InterpolationMode.Bicubic;
                int n = image.Shape[1], m = image.Shape[2];
                double[] Rows(int i) => PlainResize.InterpolateWeights(n, height, i, bicubic);
                double[] Columns(int j) => PlainResize.InterpolateWeights(m, width, j, bicubic);
                yield return OpCase.Of(
                    "interpolate", $"{mode}, {n}×{m} to {height}×{width}", image,
                    v => ResizeFunction.Interpolate(v, height, width, mode),
                    h => PlainResize.Image(h, height, width, Rows, Columns)).Sum();
            }
        }
    }

    private static IEnumerable<OpCase> ImResize()
    {
        HostArray x = CaseInputs.Arbitrary([2, 6, 8, 3], 53), pixel = CaseInputs.Arbitrary([1, 1, 1, 2], 54);
        (HostArray, double, double)[] scales = [(x, 2, 2), (x, 0.5, 0.5), (x, 1, 1.5), (x, 1.5, 0.25), (pixel, 3, 2)];
        foreach ((HostArray image, double vertical, double horizontal) in scales)
        {
            int n = image.Shape[1], height = (int)Math.Ceiling(n * vertical);
            int m = image.Shape[2], width = (int)Math.Ceiling(m * horizontal);
            double[] Rows(int i) => PlainResize.ImResizeWeights(n, vertical, i);
            double[] Columns(int j) => PlainResize.ImResizeWeights(m, horizontal, j);
            yield return OpCase.Of(
                "imresize", $"{n}×{m} by {vertical}×{horizontal}", image,
                v => ResizeFunction.ImResize(v, vertical, horizontal),
                h => PlainResize.Image(h, height, width, Rows, Columns)).Sum();
        }
    }

    private static IEnumerable<OpCase> NumericKernels()
    {
        HostArray x = CaseInputs.Arbitrary([2, 7, 9, 2], 55);
        double[,] weights = { { 0.1, 0.2, 0.05 }, { 0.05, 0.3, 0.1 }, { 0.02, 0.08, 0.1 } };
        var kernel = new NumericKernel(weights);
        foreach (int factor in new[] { 2, 3 })
        {
            var downscale = new NumericDownscale(kernel, 7, 9, factor, factor);
            yield return OpCase.Of(
                "numeric downscale", $"3×3 kernel by {factor}", x,
                v => NumericDownscaleFunction.Apply(v, downscale), h => Correlate(h, weights, factor)).Sum();
        }
    }

    private static IEnumerable<OpCase> Warps()
    {
        HostArray x = CaseInputs.Arbitrary([2, 5, 7, 3], 56), pixel = CaseInputs.Arbitrary([1, 1, 1, 2], 57);
        AffineMap turned = AffineMap.Rotate(0.5).Then(AffineMap.Shear(0.1, -0.2)).Then(AffineMap.Scale(0.9, 0.7)).About(2, 3);
        (string, HostArray, AffineMap)[] warps =
        [
            ("turned and sheared", x, turned),
            ("far outside", x, turned.Then(AffineMap.Translate(-61.3, 1000.8))),
            ("one pixel", pixel, turned),
        ];
        foreach ((string variant, HostArray image, AffineMap map) in warps)
        {
            yield return new OpCase(
                "affine warp", variant, [image], t => Warp.Affine(t[0], map, 6, 9), h => PlainResize.Warp(h[0], map, 6, 9)).Sum().Quick();
        }
    }

    /// <summary>
    /// Correlation with a 3×3 kernel, mirrored at the border with the edge repeated, sampled at round(linspace(0, n − s, ⌈n/s⌉)).
    /// </summary>
    private static HostArray Correlate(HostArray x, double[,] kernel, int factor)
    {
        int n = x.Shape[1], m = x.Shape[2], height = (n + factor - 1) / factor, width = (m + factor - 1) / factor;
        var y = HostArray.Zeros([x.Shape[0], height, width, x.Shape[3]]);
        for (int image = 0; image < y.Shape[0]; image++)
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                    for (int c = 0; c < y.Shape[3]; c++)
                        for (int u = 0; u < 3; u++)
                            for (int v = 0; v < 3; v++)
                            {
                                int row = Mirror(Sample(i, n, height) + u - 1, n), column = Mirror(Sample(j, m, width) + v - 1, m);
                                y[image, i, j, c] += kernel[u, v] * x[image, row, column, c];
                            }

        return y;

        int Sample(int i, int length, int samples) => samples == 1 ? 0 : (int)Math.Round((double)i * (length - factor) / (samples - 1));
        static int Mirror(int i, int length) => i < 0 ? -1 - i : i >= length ? 2 * length - 1 - i : i;
    }
}

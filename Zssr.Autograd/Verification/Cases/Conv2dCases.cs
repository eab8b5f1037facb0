using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the convolution, its gradients and the transposed convolution, by every kernel that the device can run.</summary>
internal static class Conv2dCases
{
    public static IEnumerable<OpCase> All() => Gradients().Concat(Kernels()).Concat(Extremes());

    /// <summary>Small ones, whose gradients are checked: the gradients' gradients come with them.</summary>
    private static IEnumerable<OpCase> Gradients()
    {
        (string, Conv2dGeometry)[] geometries =
        [
            ("3×3", new(1, 4, 5, 2, 3, 3, 3, 1, 1)),
            ("1×1 image", new(1, 1, 1, 2, 3, 3, 2, 1, 1)),
            ("1×1 kernel", new(2, 3, 2, 3, 1, 1, 2, 1, 0)),
            ("stride 2", new(1, 5, 6, 2, 3, 3, 2, 2, 1)),
            ("3×5 kernel, stride 3", new(1, 4, 7, 1, 3, 5, 2, 3, 2)),
            ("padding beyond the kernel", new(1, 2, 3, 1, 2, 2, 2, 1, 2)),
        ];
        foreach ((string name, Conv2dGeometry g) in geometries)
        {
            Inputs inputs = Inputs.For(g, seed: 61);
            yield return new OpCase(
                "conv2d", $"{name}, bias", [inputs.X, inputs.Weight, inputs.Bias],
                v => Conv2dFunction.Apply(v[0], v[1], v[2], g.Stride, g.Padding), h => Forward(h, g)).Sum();
            yield return new OpCase(
                "conv2d", name, [inputs.X, inputs.Weight],
                v => Conv2dFunction.Apply(v[0], v[1], null, g.Stride, g.Padding), h => Forward(h, g)).Sum();
            yield return new OpCase(
                "transposed conv2d", name, [inputs.Dy, inputs.Weight],
                v => ConvTranspose2dFunction.Apply(v[0], v[1], g.InputHeight, g.InputWidth, g.Stride, g.Padding),
                h => InputGradient(h, g)).Sum();
            yield return new OpCase(
                "conv2d weight gradient", name, [inputs.X, inputs.Dy],
                v => Conv2dWeightGradientFunction.Apply(v[0], v[1], g.KernelHeight, g.KernelWidth, g.Stride, g.Padding),
                h => WeightGradient(h, g)).Sum();
        }
    }

    /// <summary>Larger ones, around the sizes of vectors, tiles and work-groups, through every kernel.</summary>
    private static IEnumerable<OpCase> Kernels()
    {
        (string, Conv2dGeometry)[] geometries =
        [
            ("3 to 16 channels", new(1, 7, 9, 3, 3, 3, 16, 1, 1)),
            ("16 to 3 channels", new(2, 5, 11, 16, 3, 3, 3, 1, 1)),
            ("20 to 33 channels, 5×5, stride 2", new(1, 9, 8, 20, 5, 5, 33, 2, 2)),
            ("64 to 64 channels", new(1, 5, 13, 64, 3, 3, 64, 1, 1)),
            ("17 to 40 channels, padding 2", new(2, 9, 6, 17, 3, 3, 40, 1, 2)),
            ("32 to 16 channels, no padding", new(1, 7, 18, 32, 3, 3, 16, 1, 0)),
            ("4×4 kernel, no padding", new(1, 8, 7, 5, 4, 4, 8, 1, 0)),
            ("1×1 image, 7×7 kernel", new(1, 1, 1, 5, 7, 7, 17, 1, 3)),
        ];
        foreach (Conv2dAlgorithm algorithm in Enum.GetValues<Conv2dAlgorithm>())
        {
            foreach ((string name, Conv2dGeometry g) in geometries)
            {
                bool isQuick = algorithm == Conv2dAlgorithm.Auto && name == "64 to 64 channels";
                foreach (OpCase opCase in By(algorithm, name, g))
                    yield return opCase with { IsQuick = isQuick, Fits = device => Conv2d.Fits(device, algorithm, g) };
            }
        }
    }

    /// <summary>Whatever an algorithm computes of one convolution; there is no tiled weight gradient.</summary>
    private static IEnumerable<OpCase> By(Conv2dAlgorithm algorithm, string name, Conv2dGeometry g)
    {
        Inputs inputs = Inputs.For(g, seed: 65);
        string variant = $"{algorithm.ToString().ToLowerInvariant()}, {name}";

        // Winograd's algorithm, which Auto may take, rounds differences of sums.
        double tolerance = algorithm is Conv2dAlgorithm.Auto or Conv2dAlgorithm.Winograd ? 2e-5 : 2e-6;
        yield return new OpCase(
            "conv2d", variant, [inputs.X, inputs.Weight, inputs.Bias],
            t => Conv2d.Forward(t[0], t[1], t[2], g.Stride, g.Padding, algorithm), h => Forward(h, g)).Sum(tolerance);
        yield return new OpCase(
            "transposed conv2d", variant, [inputs.Dy, inputs.Weight],
            t => Conv2d.InputGradient(t[0], t[1], g.InputHeight, g.InputWidth, g.Stride, g.Padding, algorithm),
            h => InputGradient(h, g)).Sum(tolerance);
        if (algorithm == Conv2dAlgorithm.Tiled)
            yield break;
        yield return new OpCase(
            "conv2d weight gradient", variant, [inputs.X, inputs.Dy],
            t => Conv2d.WeightGradient(t[0], t[1], g.KernelHeight, g.KernelWidth, g.Stride, g.Padding, algorithm),
            h => WeightGradient(h, g)).Sum(2.5 * tolerance);
    }

    /// <summary>NaN and infinity spread to every pixel whose window they lie in, and no further.</summary>
    private static IEnumerable<OpCase> Extremes()
    {
        var g = new Conv2dGeometry(1, 6, 7, 3, 3, 3, 16, 1, 1);
        foreach (double extreme in new[] { double.NaN, double.PositiveInfinity })
        {
            HostArray x = CaseInputs.Arbitrary(g.Input, 69), w = CaseInputs.Positive(g.Weight, 70);
            x[0, 0, 3, 1] = extreme;
            yield return new OpCase(
                "conv2d", $"{extreme}", [x, w],
                v => Conv2dFunction.Apply(v[0], v[1], null, g.Stride, g.Padding), h => Forward(h, g)).Sum().WithoutGradientCheck();
        }
    }

    /// <summary>y from x, the weights and, where there is one, the bias.</summary>
    private static HostArray Forward(IReadOnlyList<HostArray> h, Conv2dGeometry g) =>
        PlainConv2d.Forward(h[0], h[1], h.Count > 2 ? h[2] : null, g.Stride, g.Padding);

    /// <summary>dx from dy and the weights.</summary>
    private static HostArray InputGradient(IReadOnlyList<HostArray> h, Conv2dGeometry g) =>
        PlainConv2d.InputGradient(h[0], h[1], g.InputHeight, g.InputWidth, g.Stride, g.Padding);

    /// <summary>dw from x and dy.</summary>
    private static HostArray WeightGradient(IReadOnlyList<HostArray> h, Conv2dGeometry g) =>
        PlainConv2d.WeightGradient(h[0], h[1], g.KernelHeight, g.KernelWidth, g.Stride, g.Padding);

    /// <summary>Arbitrary numbers for everything that a convolution and its gradients read.</summary>
    private sealed record Inputs(HostArray X, HostArray Weight, HostArray Bias, HostArray Dy)
    {
        public static Inputs For(Conv2dGeometry g, int seed) => new(
            CaseInputs.Arbitrary(g.Input, seed),
            CaseInputs.Arbitrary(g.Weight, seed + 1),
            CaseInputs.Arbitrary([g.OutputChannels], seed + 2),
            CaseInputs.Arbitrary(g.Output, seed + 3));
    }
}

using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Oclgrind;

/// <summary>The product's own kernels under oclgrind: op cases that are small, since it interprets every instruction.</summary>
internal static class ProductScenarios
{
    private const int MostElements = 20_000;

    public static void NaiveConv2d() => Run(Convolutions("naive"));

    public static void DirectConv2d() => Run(Convolutions("direct"));

    public static void TiledConv2d() => Run(Convolutions("tiled"));

    public static void WinogradConv2d() => Run(Convolutions("winograd"));

    /// <summary>Convolutions with bias, ReLU, residual and bits, and their gradients, by every kernel.</summary>
    public static void Conv2dBlocks()
    {
        using Device device = Device.Open("opencl:0");
        foreach (int outputs in new[] { 16, 3 })
        {
            double[] expected = Block(device, outputs, Conv2dAlgorithm.Naive);
            foreach (Conv2dAlgorithm algorithm in new[] { Conv2dAlgorithm.Direct, Conv2dAlgorithm.Tiled, Conv2dAlgorithm.Winograd })
            {
                if (Distances.Largest(Block(device, outputs, algorithm), expected) is var error and not < 1e-3)
                    throw new InvalidOperationException($"{algorithm}, {outputs} channels: differs by {error}");
            }
        }
    }

    /// <summary>Products by both kernels, around the sizes of a tile.</summary>
    public static void MatrixProduct() => Run(opCase => opCase.Op == "matmul"
        && (opCase.Variant.Contains("40 × 17", StringComparison.Ordinal) || opCase.Variant.Contains("65 × 9", StringComparison.Ordinal)
            || opCase.Variant.Contains("plus a matrix", StringComparison.Ordinal)));

    public static void Reductions() =>
        Run(opCase => opCase.Op is "sum" or "mean" or "max of all" or "L1 loss"
            or "sum of channels" or "mean of channels" or "variance of channels");

    public static void Adam() => Run(opCase => opCase.Op == "Adam");

    public static void Muon() => Run(opCase => opCase.Op == "Muon");

    public static void SubPixels() => Run(opCase => opCase.Op is "depth to space" or "space to depth");

    public static void AffineWarp() => Run(opCase => opCase.Op == "affine warp");

    /// <summary>The cases of one convolution kernel, forward and both gradients, around the sizes of its tiles.</summary>
    private static Func<OpCase, bool> Convolutions(string algorithm) => opCase =>
        opCase.Op.Contains("conv2d", StringComparison.Ordinal)
        && opCase.Variant.StartsWith(algorithm, StringComparison.Ordinal)
        && (opCase.Variant.Contains("3 to 16", StringComparison.Ordinal) || opCase.Variant.Contains("16 to 3", StringComparison.Ordinal));

    /// <summary>y, dx, dw and db.</summary>
    private static double[] Block(Device device, int outputs, Conv2dAlgorithm algorithm)
    {
        using Tensor x = RandomTensors.Uniform(device, [1, 5, 3, 16], seed: 1);
        using Tensor w = RandomTensors.Uniform(device, [3, 3, 16, outputs], seed: 2);
        using Tensor bias = Tensor.Full(device, [outputs], -33); // about half of the sums are positive
        var form = new Conv2dBlockForm(1, 1, HasRelu: true, IsResidual: outputs == 16);
        using Tensor y = Conv2dBlock.Forward(x, w, bias, form, keepsMask: true, out ReluMask? bits, algorithm);
        using ReluMask mask = bits!;
        using Tensor dx = Conv2dBlock.InputGradient(y, mask, w, 5, 3, form, algorithm);
        (Tensor dw, Tensor db) = Conv2dBlock.ParameterGradients(
            x, y, mask, 3, 3, form, algorithm == Conv2dAlgorithm.Tiled ? Conv2dAlgorithm.Direct : algorithm);
        using (dw)
        using (db)
            return [.. y.ToDoubles(), .. dx.ToDoubles(), .. dw.ToDoubles(), .. db.ToDoubles()];
    }

    private static void Run(Func<OpCase, bool> isWanted)
    {
        using Device device = Device.Open("opencl:0");
        OpCase[] cases = [.. OpCases.All.Where(isWanted).Where(opCase => opCase.Inputs.All(input => input.Data.Length <= MostElements))];
        if (cases.Length == 0)
            throw new InvalidOperationException("no case was found to run");
        foreach (OpCase opCase in cases)
        {
            if (!opCase.Fits(device))
                throw new InvalidOperationException($"{opCase}: does not fit oclgrind's device");
            if (Parity.Check(opCase, device, DType.Float32) is { } failure)
                throw new InvalidOperationException(failure);
        }
    }
}

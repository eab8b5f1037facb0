using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.Oclgrind;

/// <summary>The product's own kernels under oclgrind: op cases that are small, since it interprets every instruction.</summary>
internal static class ProductScenarios
{
    private const int MostElements = 20_000;

    public static void NaiveConvolution() => Run(Convolutions("naive"));

    public static void DirectConvolution() => Run(Convolutions("direct"));

    public static void TiledConvolution() => Run(Convolutions("tiled"));

    public static void WinogradConvolution() => Run(Convolutions("winograd"));

    public static void Reductions() =>
        Run(opCase => opCase.Op is "sum" or "mean" or "max of all" or "L1 loss"
            or "sum of channels" or "mean of channels" or "variance of channels");

    public static void Adam() => Run(opCase => opCase.Op == "Adam");

    public static void AffineWarp() => Run(opCase => opCase.Op == "affine warp");

    /// <summary>The cases of one convolution kernel, forward and both gradients, around the sizes of its tiles.</summary>
    private static Func<OpCase, bool> Convolutions(string algorithm) => opCase =>
        opCase.Op.Contains("conv2d", StringComparison.Ordinal)
        && opCase.Variant.StartsWith(algorithm, StringComparison.Ordinal)
        && (opCase.Variant.Contains("3 to 16", StringComparison.Ordinal) || opCase.Variant.Contains("16 to 3", StringComparison.Ordinal));

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

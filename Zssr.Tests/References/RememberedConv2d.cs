using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Zssr.Autograd.Verification;

namespace Zssr.Tests.References;

/// <summary>
/// <see cref="PlainConv2d"/>, computed once for the same numbers: every device and every width of vectors is compared with the same result,
/// and for the larger images the definition takes seconds. Nobody may change a result.
/// </summary>
internal static class RememberedConv2d
{
    private static readonly ConcurrentDictionary<string, HostArray> Results = [];

    /// <inheritdoc cref="PlainConv2d.Forward"/>
    public static HostArray Forward(HostArray x, HostArray w, HostArray? bias, int stride, int padding) =>
        Results.GetOrAdd(
            $"y {Print(x)} {Print(w)} {(bias is null ? "" : Print(bias))} {stride} {padding}",
            _ => PlainConv2d.Forward(x, w, bias, stride, padding));

    /// <inheritdoc cref="PlainConv2d.InputGradient"/>
    public static HostArray InputGradient(HostArray dy, HostArray w, int height, int width, int stride, int padding) =>
        Results.GetOrAdd(
            $"dx {Print(dy)} {Print(w)} {height} {width} {stride} {padding}",
            _ => PlainConv2d.InputGradient(dy, w, height, width, stride, padding));

    /// <inheritdoc cref="PlainConv2d.WeightGradient"/>
    public static HostArray WeightGradient(HostArray x, HostArray dy, int kernelHeight, int kernelWidth, int stride, int padding) =>
        Results.GetOrAdd(
            $"dw {Print(x)} {Print(dy)} {kernelHeight} {kernelWidth} {stride} {padding}",
            _ => PlainConv2d.WeightGradient(x, dy, kernelHeight, kernelWidth, stride, padding));

    /// <summary>An array's shape and the fingerprint of its numbers.</summary>
    private static string Print(HostArray array) =>
        $"{array.Shape} {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>(array.Data)))}";
}

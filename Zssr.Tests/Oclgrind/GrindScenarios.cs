namespace Zssr.Tests.Oclgrind;

/// <summary>
/// What can be run under oclgrind, by name. A scenario runs in a process of its own whose only OpenCL device is oclgrind's; it
/// throws where a result is wrong. To add one: an entry here, and a test case in <see cref="OclgrindTests"/>.
/// </summary>
internal static class GrindScenarios
{
    public static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>
    {
        ["naive-convolution"] = ProductScenarios.NaiveConv2d,
        ["direct-convolution"] = ProductScenarios.DirectConv2d,
        ["tiled-convolution"] = ProductScenarios.TiledConv2d,
        ["winograd-convolution"] = ProductScenarios.WinogradConv2d,
        ["convolution-blocks"] = ProductScenarios.Conv2dBlocks,
        ["matrix-product"] = ProductScenarios.MatrixProduct,
        ["reductions"] = ProductScenarios.Reductions,
        ["adam"] = ProductScenarios.Adam,
        ["muon"] = ProductScenarios.Muon,
        ["affine-warp"] = ProductScenarios.AffineWarp,
        ["sub-pixels"] = ProductScenarios.SubPixels,
        ["sample-sum"] = SampleScenarios.Sum,
        ["sample-race"] = SampleScenarios.Race,
        ["sample-out-of-bounds"] = SampleScenarios.OutOfBounds,
        ["sample-divergent-barrier"] = SampleScenarios.DivergentBarrier,
        ["sample-uninitialized"] = SampleScenarios.Uninitialized,
        ["sample-wrong-result"] = () => throw new InvalidOperationException("the sum is wrong"),
    };
}

using Zssr.Tensors.KernelSources;

namespace Zssr.Tests.Tensors.KernelSources;

/// <summary>What the library's compiled code tells about its kernels.</summary>
public class KernelUseTests
{
    private static readonly IReadOnlyList<KernelInstance> Kernels = KernelCatalogue.All();
    private static readonly KernelUse Use = new();

    [TestCase("ElementwiseKernels.Map<float, Relu>", "Elementwise.Relu", "relu")]
    [TestCase("ElementwiseKernels.Map<double, Relu>", "Elementwise.Relu", "relu")]
    [TestCase("PickingKernels.Pick<float>", "Picking.Pick", "pick")]
    [TestCase("UpdateKernels.Adam<float>", "AdamUpdate.Apply", "adam")]
    [TestCase("PeakKernels.MultiplyAdds<float>", "DevicePeaks.Measure", "Measure")]
    [TestCase("LossKernels.Gradient<float, AbsoluteError>", "Loss.L1Gradient", "l1 loss gradient")]
    public void A_kernel_of_one_operation_knows_it_by_both_names(string kernel, string method, string name) =>
        Assert.That(Use.LaunchesOf(Named(kernel)), Is.EqualTo(new[] { new KernelLaunch(method, name) }));

    [Test]
    public void A_kernel_behind_a_choice_of_algorithms_is_found()
    {
        Assert.That(Use.LaunchesOf(Named("TiledConv2dKernels.Forward<float>")), Is.EqualTo(new[]
        {
            new KernelLaunch("Conv2d.Forward", "conv2d"),
            new KernelLaunch("Conv2d.InputGradient", "conv2d input gradient"),
            new KernelLaunch("Conv2dBlock.Forward", "conv2d block"),
            new KernelLaunch("Conv2dBlock.InputGradient", "conv2d block input gradient"),
        }));
    }

    [Test]
    public void No_kernel_is_left_that_nothing_launches()
    {
        // An op struct may serve one kernel and not the other; but each kernel serves some.
        string[] idle = [.. Kernels.GroupBy(kernel => kernel.Definition)
            .Where(variants => variants.All(kernel => Use.LaunchesOf(kernel).Count == 0))
            .Select(variants => variants.Key)];
        Assert.That(idle, Is.Empty);
    }

    [TestCase("ElementwiseKernels.Map<float, Relu>", "MapWork")]
    [TestCase("NaiveConv2dKernels.Forward<float>", "HostConv2d")]
    [TestCase("NaiveMatMulKernels.Multiply<float>", "HostMatMul")]
    [TestCase("ResizeKernels.Gather<float>", "HostResize")]
    public void The_SIMD_code_that_stands_in_for_a_kernel_is_named(string kernel, string simd) =>
        Assert.That(Use.SimdInsteadOf(Named(kernel)), Is.EqualTo(new[] { simd }));

    [TestCase("ElementwiseKernels.Map<double, Relu>")]
    [TestCase("TensorKernels.Widen")]
    public void Where_there_is_no_SIMD_code_none_is_named(string kernel) => Assert.That(Use.SimdInsteadOf(Named(kernel)), Is.Empty);

    [Test]
    public void Helpers_are_the_types_that_a_kernel_calls_its_own_class_last()
    {
        Assert.That(
            KernelUse.HelpersOf(Named("TiledConv2dKernels.Forward<float>")).Select(type => type.Name),
            Is.EqualTo(new[] { "Block8`1", "Conv2dWindows", "Tile8x8`1", "TiledConv2dKernels" }));
        Assert.That(KernelUse.HelpersOf(Named("ElementwiseKernels.Map<float, Relu>")), Is.Empty);
    }

    private static KernelInstance Named(string name) => Kernels.Single(kernel => kernel.Name == name);
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>Whole runs on every device.</summary>
public sealed class DeviceRunTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly ZssrSettings Paper = SmallRuns.Small(ZssrPresets.Paper, iterations: 12);
    private static readonly ZssrSettings Article = SmallRuns.Small(ZssrPresets.Article, iterations: 12);

    [Test]
    public void A_run_resumed_here_gives_the_bits_of_an_uninterrupted_one()
    {
        foreach (ZssrSettings settings in new[] { Paper, Article })
        {
            var resolver = new SuperResolver(settings);
            using Tensor image = PlainImages.Drawing(9, 8).On(Device);
            using Tensor whole = resolver.Upscale(image);
            byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair: 7);
            using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));

            Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.ToArray()), settings.Preset);
        }
    }

    [Test]
    public void The_result_is_that_of_the_processor_but_for_rounding()
    {
        foreach (ZssrSettings settings in new[] { Paper, Article })
        {
            Image drawing = PlainImages.Drawing(9, 8);
            using Tensor image = drawing.On(Device), onCpu = drawing.On(SmallRuns.Cpu);
            using Tensor here = new SuperResolver(settings).Upscale(image), there = new SuperResolver(settings).Upscale(onCpu);

            here.Plain().AssertEquals(there.Plain(), 1e-3);
        }
    }
}

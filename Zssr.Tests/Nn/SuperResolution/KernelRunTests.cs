using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>Runs with a known blur kernel, which tells how the result's pixels became the given ones.</summary>
public sealed class KernelRunTests
{
    private static readonly BlurKernel Kernel = BlurKernel.Gaussian(1.6);

    [Test]
    public void The_result_shrunk_with_the_kernel_is_the_image([Values("fast", "paper-gradual")] string preset, [Values(2, 3, 4)] double scale)
    {
        ZssrSettings settings = SmallRuns.Small(ZssrPresets.Named(preset), iterations: 3).ForGivenKernel() with { Scales = [new(scale)] };
        settings = settings with { Inference = settings.Inference with { BackProjections = 60 } };
        int side = (int)(12 * scale);
        using Tensor truth = PlainImages.Drawing(side, side).On(SmallRuns.Cpu);
        Rescaling rescaling = Rescaling.Of(settings, Kernel);
        using Tensor image = rescaling.Shrink(truth, new Scale(scale), 12, 12);

        using Tensor large = new SuperResolver(settings, Kernel).Upscale(image);
        using Tensor again = rescaling.Shrink(large, new Scale(scale), 12, 12);

        Assert.That(RootMeanSquare(again, image), Is.InRange(0, 0.002));
    }

    [Test]
    public void Several_jumps_are_refused_and_the_cure_is_named()
    {
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        foreach (ZssrSettings settings in new[]
        {
            SmallRuns.Paper with { Scales = [new(2), new(2)] }, SmallRuns.Paper with { Gradual = true },
            SmallRuns.Paper with { Scales = [new(4)], LargestJump = 2 },
        })
        {
            Assert.That(
                () => new SuperResolver(settings, Kernel).Upscale(image),
                Throws.TypeOf<SettingsException>().With.Message.Contains("jumps").And.Message.Contains("--largest-jump 8"));
        }
    }

    private static double RootMeanSquare(Tensor x, Tensor y)
    {
        using Tensor mean = Loss.MeanSquared(x, y);
        return Math.Sqrt(mean.Item());
    }
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

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
    public void A_set_made_by_blur_and_direct_subsampling_is_enlarged_in_its_place(
        [Values("instant", "paper", "article")] string preset, [Values("first", "1,0", "centred")] string placement, [Values(2, 3)] int scale)
    {
        // Waves, none shorter than 14 pixels; the network is so small, and trained so little, that interpolation decides.
        int side = 20 * scale;
        using Tensor truth = Waves(side, 0, 0).On(SmallRuns.Cpu);
        ZssrSettings settings = SmallRuns.Small(ZssrPresets.Named(preset), iterations: 2).ForGivenKernel() with
        {
            Scales = [new(scale)],
            KernelPlacement = KernelPlacement.Parse(placement),
            TrainsEachScale = true,
        };
        using Tensor image = Rescaling.Of(settings, Kernel).Shrink(truth, new Scale(scale), 20, 20);
        using Tensor large = new SuperResolver(settings, Kernel).Upscale(image);
        Image found = large.Plain();
        IEnumerable<(double Rows, double Columns)> shifts =
            from rows in Enumerable.Range(-3, 7) from columns in Enumerable.Range(-3, 7) select (rows / 2.0, columns / 2.0);

        Assert.That(
            shifts.MaxBy(shift => PlainImages.Psnr(found, Waves(side, shift.Rows, shift.Columns), border: 6)), Is.EqualTo((0.0, 0.0)));
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

    private static Image Waves(int side, double rows, double columns) => PlainImages.Of(
        side, side, 1,
        (i, j, _) => 0.5 + (Math.Sin(0.4 * (j + columns)) + Math.Sin(0.45 * (i + rows) + 1) + Math.Sin(0.3 * (i + rows + j + columns))) / 8);

    private static double RootMeanSquare(Tensor x, Tensor y)
    {
        using Tensor mean = Loss.MeanSquared(x, y);
        return Math.Sqrt(mean.Item());
    }
}

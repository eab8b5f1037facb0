using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Enlarging;

public sealed class BackProjectionTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase(3, 0.5)]
    [TestCase(1, 1)]
    [TestCase(0, 1)]
    public void The_articles_follows_its_formula_with_bicubic_both_ways(int rounds, double step)
    {
        Image small = PlainImages.Noise(9, 11, 3, seed: 1, high: 255), large = PlainImages.Noise(18, 22, 3, seed: 2, high: 255);
        Image expected = large.BackProjected(
            small, rounds, step, peak: 255,
            y => y.Interpolated(9, 11, InterpolationMode.Bicubic), x => x.Interpolated(18, 22, InterpolationMode.Bicubic));

        Projected(large, small, new InterpolateRescaling(), new Scale(2), rounds, step, 255).AssertEquals(expected, 255e-5);
    }

    [TestCase(2, 2, 10)]
    [TestCase(1.5, 2, 3)]
    [TestCase(1, 3, 2)]
    public void The_papers_follows_its_formula_with_imresize_both_ways(double vertical, double horizontal, int rounds)
    {
        (int height, int width) = ((int)Math.Ceiling(9 * vertical), (int)Math.Ceiling(11 * horizontal));
        Image small = PlainImages.Noise(9, 11, 3, seed: 1), large = PlainImages.Noise(height, width, 3, seed: 2);
        Image expected = large.BackProjected(
            small, rounds, step: 1, peak: 1,
            y => y.ImResized(1 / vertical, 1 / horizontal, 9, 11), x => x.ImResized(vertical, horizontal, height, width));

        Projected(large, small, new ImResizeRescaling(), new Scale(vertical, horizontal), rounds, 1, 1).AssertEquals(expected, 2e-5);
    }

    [Test]
    public void With_a_blur_kernel_the_image_is_shrunk_by_the_shifted_kernel()
    {
        BlurKernel kernel = BlurKernel.FromText("0.1 0.3 0.1\n0.05 0.4 0\n0 0.05 0");
        Image small = PlainImages.Noise(8, 10, 1, seed: 1), large = PlainImages.Noise(16, 20, 1, seed: 2);
        NumericKernel shifted = kernel.Numeric.Shifted(2);
        Image expected = large.BackProjected(small, 2, 1, 1, y => y.Downscale(shifted, 2), x => x.ImResized(2, 2, 16, 20));

        Projected(large, small, new KernelRescaling(kernel, new ImResizeRescaling()), new Scale(2), 2, 1, 1).AssertEquals(expected, 1e-5);
    }

    [Test]
    public void The_result_agrees_with_the_small_image_better_after_each_round()
    {
        // Values in the middle, so that nothing is clamped.
        Image small = PlainImages.Noise(9, 11, 1, seed: 1, low: 0.4, high: 0.6), large = PlainImages.Noise(18, 22, 1, 2, 0.4, 0.6);
        double[] psnr = [.. Enumerable.Range(0, 5).Select(rounds =>
        {
            Image projected = Projected(large, small, new ImResizeRescaling(), new Scale(2), rounds, 1, 1);
            return PlainImages.Psnr(projected.ImResized(0.5, 0.5, 9, 11), small, border: 0);
        })];

        Assert.That(psnr, Is.Ordered.Ascending);
    }

    [TestCase(0.03)]
    [TestCase(0.01)]
    public void With_a_discrepancy_the_rounds_end_where_the_difference_has_come_down_to_it(double discrepancy)
    {
        Image small = PlainImages.Noise(24, 28, 1, seed: 1, low: 0.4, high: 0.6), large = PlainImages.Noise(48, 56, 1, 2, 0.4, 0.6);
        double Left(int rounds, double limit)
        {
            using Tensor y = large.On(Device), x = small.On(Device);
            var projection = new BackProjection(x, new ImResizeRescaling(), new Scale(2), 48, 56, step: 1, peak: 1, limit);
            projection.ProjectInPlace(y, rounds, new Tiling(Device, 64, note: null));
            Image shrunk = y.Plain().ImResized(0.5, 0.5, 24, 28);
            return Math.Sqrt(shrunk.Pixels.Zip(small.Pixels, (a, b) => (a - b) * (a - b)).Average());
        }

        Assert.That(Left(0, 0), Is.GreaterThan(0.05), "before");
        Assert.That(Left(40, 0), Is.LessThan(discrepancy / 5), "without a limit");
        Assert.That(Left(40, discrepancy), Is.InRange(0.98 * discrepancy, 1.05 * discrepancy));
        Assert.That(Left(40, 0.5), Is.EqualTo(Left(0, 0)), "where the noise explains all, nothing changes");
    }

    private Image Projected(Image large, Image small, Rescaling rescaling, Scale scale, int rounds, double step, double peak)
    {
        using Tensor y = large.On(Device), x = small.On(Device);
        using Tensor projected = BackProjection.Apply(y, x, rescaling, scale, rounds, step, peak);
        y.Plain().AssertEquals(large, 0);
        return projected.Plain();
    }
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Quality;

/// <summary>PSNR and SSIM against figures from a sheet of paper, a plain double loop, and what must hold for any images.</summary>
[TestFixture]
public sealed class ImageQualityTests
{
    private const int Height = 23, Width = 30;

    [Test]
    public void A_gray_image_off_by_one_step_everywhere_has_48_13_dB()
    {
        float[] image = Constant(11 * 11, 101 / 255f), reference = Constant(11 * 11, 100 / 255f);
        ImageQuality quality = ImageQuality.Compare(image, reference, 11, 11, 1, shave: 0);
        Assert.That(quality.Psnr, Is.EqualTo(48.130803608679).Within(1e-9), "20 · log10(255)");
        Assert.That(quality.RgbPsnr, Is.EqualTo(quality.Psnr));
    }

    [Test]
    public void Luma_has_matlabs_weights_and_is_a_whole_number()
    {
        // 16 + 65.481 = 81.481, 16 + 128.553 = 144.553, 16 + 24.966 = 40.966
        Assert.That(
            Luma.Of([0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255]), Is.EqualTo(new double[] { 16, 235, 81, 145, 41 }));
    }

    [Test]
    public void Colour_is_measured_on_luma_and_on_all_channels()
    {
        // Pure green against black: luma 145 against 16; all channels differ by 255 in one of three.
        float[] green = [.. Enumerable.Range(0, 11 * 11 * 3).Select(i => i % 3 == 1 ? 1f : 0)], black = new float[11 * 11 * 3];
        ImageQuality quality = ImageQuality.Compare(green, black, 11, 11, 3, shave: 0);
        Assert.That(quality.Psnr, Is.EqualTo(20 * Math.Log10(255.0 / 129)).Within(1e-9));
        Assert.That(quality.RgbPsnr, Is.EqualTo(10 * Math.Log10(3)).Within(1e-9));
    }

    [TestCase(1, 0)]
    [TestCase(1, 3)]
    [TestCase(3, 0)]
    [TestCase(3, 4)]
    public void Ssim_is_that_of_a_plain_double_loop(int channels, int shave)
    {
        (float[] image, float[] reference) = (Noise(channels, seed: 1), Noise(channels, seed: 2));
        double expected = PlainSsim.Of(
            PlainSsim.Plane(image, Height, Width, channels, shave), PlainSsim.Plane(reference, Height, Width, channels, shave));
        ImageQuality quality = ImageQuality.Compare(image, reference, Height, Width, channels, shave);
        Assert.That(quality.Ssim, Is.EqualTo(expected).Within(1e-12));
        Assert.That(expected, Is.InRange(0.1, 0.9), "neither alike nor strange, so that the check can fail");
    }

    [Test]
    public void Equal_images_have_infinite_psnr_and_ssim_1()
    {
        float[] image = Noise(3, seed: 1);
        ImageQuality quality = ImageQuality.Compare(image, image, Height, Width, 3, shave: 2);
        Assert.That((quality.Psnr, quality.RgbPsnr), Is.EqualTo((double.PositiveInfinity, double.PositiveInfinity)));
        Assert.That(quality.Ssim, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Exchanging_or_mirroring_both_images_changes_nothing()
    {
        (float[] a, float[] b) = (Noise(1, seed: 1), Noise(1, seed: 2));
        ImageQuality quality = ImageQuality.Compare(a, b, Height, Width, 1, shave: 1);
        ImageQuality exchanged = ImageQuality.Compare(b, a, Height, Width, 1, shave: 1);
        ImageQuality mirrored = ImageQuality.Compare([.. a.Reverse()], [.. b.Reverse()], Height, Width, 1, shave: 1);
        foreach (ImageQuality other in new[] { exchanged, mirrored })
        {
            Assert.That(other.Psnr, Is.EqualTo(quality.Psnr).Within(1e-9));
            Assert.That(other.Ssim, Is.EqualTo(quality.Ssim).Within(1e-12));
        }
    }

    [Test]
    public void What_lies_in_the_shaved_border_does_not_count()
    {
        (float[] a, float[] b) = (Noise(3, seed: 1), Noise(3, seed: 2));
        float[] otherBorder = [.. a.Select((value, i) =>
        {
            (int row, int column) = (i / 3 / Width, i / 3 % Width);
            return row is < 2 or >= Height - 2 || column is < 2 or >= Width - 2 ? 1 - value : value;
        })];
        ImageQuality Of(float[] image, int shave) => ImageQuality.Compare(image, b, Height, Width, 3, shave);
        Assert.That(Of(otherBorder, shave: 2), Is.EqualTo(Of(a, shave: 2)));
        Assert.That(Of(otherBorder, shave: 1), Is.Not.EqualTo(Of(a, shave: 1)));
    }

    [Test]
    public void Values_count_as_a_file_of_8_bits_would_hold_them()
    {
        float[] reference = Noise(1, seed: 1);
        float[] nearly = Array.ConvertAll(reference, value => value + (value == 1 ? 3 : 0.4f / 255));
        Assert.That(ImageQuality.Compare(nearly, reference, Height, Width, 1, 0).Psnr, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Tensors_are_compared_as_their_values_are()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        (float[] a, float[] b) = (Noise(3, seed: 1), Noise(3, seed: 2));
        using Tensor image = Tensor.From(device, [1, Height, Width, 3], a), reference = Tensor.From(device, [1, Height, Width, 3], b);
        Assert.That(ImageQuality.Compare(image, reference, 2), Is.EqualTo(ImageQuality.Compare(a, b, Height, Width, 3, 2)));
        using Tensor smaller = Tensor.Zeros(device, [1, Height, Width - 1, 3]), two = Tensor.Zeros(device, [2, Height, Width, 3]);
        Assert.That(
            () => ImageQuality.Compare(image, smaller, 2),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 23, 30, 3]").And.Message.Contains("[1, 23, 29, 3]"));
        Assert.That(() => ImageQuality.Compare(two, two, 2), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Images_too_small_for_the_window_are_refused()
    {
        float[] image = Constant(14 * 12, 0);
        Assert.DoesNotThrow(() => ImageQuality.Compare(image, image, 14, 12, 1, shave: 0));
        Assert.That(
            () => ImageQuality.Compare(image, image, 14, 12, 1, shave: 1),
            Throws.TypeOf<ShapeException>().With.Message.Contains("12 × 10").And.Message.Contains("11 × 11"));
        Assert.That(() => ImageQuality.Compare(image, image, 14, 12, 1, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Values_that_are_no_numbers_are_refused() => Assert.That(
        () => ImageQuality.Compare(Constant(121, float.NaN), Constant(121, 0), 11, 11, 1, 0),
        Throws.ArgumentException.With.Message.Contains("NaN"));

    private static float[] Constant(int count, float value) => [.. Enumerable.Repeat(value, count)];

    /// <summary>A common pattern and noise of its own, on 8-bit values.</summary>
    private static float[] Noise(int channels, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Height * Width * channels)
            .Select(i => MathF.Round(255 * (0.5f + 0.3f * MathF.Sin(i / channels * 0.7f) + 0.4f * (random.NextSingle() - 0.5f))) / 255)];
    }
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Photographs;

/// <summary>Pictures of known damage: what is found is what was done to them.</summary>
public sealed class DamageFindingTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly DamageSettings Everything = new() { EstimatesNoise = true, FindsCompression = true };

    [TestCase(3)]
    [TestCase(5)]
    [TestCase(12)]
    public void Noise_is_found_within_a_tenth(double levels)
    {
        DamageFinding found = Find(WithNoise(Scene(160, 200), new NoiseLevel(levels / 255)));
        Assert.That(found.Noise, Has.Count.EqualTo(3));
        Assert.That(found.NoiseStd * 255, Is.EqualTo(levels).Within(10).Percent);
        Assert.That(found.Compression, Is.Null);
    }

    [Test]
    public void Each_channel_has_its_own_noise()
    {
        DamageFinding found = Find(WithNoise(Scene(160, 200), new(3.0 / 255), new(5.0 / 255), new(9.0 / 255)));
        Assert.That(found.Noise!.Select(level => 255 * level.At(0.5)), Is.EqualTo(new[] { 3.0, 5, 9 }).Within(12).Percent);
        ZssrSettings settings = found.ApplyTo(ZssrPresets.Photo);
        Assert.That(settings.Pairs.NoiseStd, Is.Zero);
        Assert.That(
            settings.Pairs.ChannelNoise!.Select(level => level.Constant), Is.EqualTo(found.Noise!.Select(level => 0.75 * level.Constant)).Within(1e-12));
    }

    [Test]
    public void Noise_that_rises_with_the_light_is_found_as_a_line()
    {
        var truth = new NoiseLevel(1.0 / 255, 14.0 / 255);
        // Flat in the small, and of every brightness.
        Image ramp = PlainImages.Of(256, 320, 1, (_, j, _) => 0.06 + 0.88 * j / 320);
        NoiseLevel found = Find(WithNoise(ramp, truth)).Noise!.Single();
        foreach (double value in new[] { 0.2, 0.5, 0.8 })
            Assert.That(found.At(value), Is.EqualTo(truth.At(value)).Within(15).Percent, $"at {value}");
    }

    [Test]
    public void A_clean_picture_has_nothing([Values(1, 3)] int channels)
    {
        DamageFinding found = Find(Scene(160, 200, channels));
        Assert.That(found.IsClean, found.Description);
        ZssrSettings expected = ZssrPresets.Standard with { Preset = "photo" };
        Assert.That(found.ApplyTo(ZssrPresets.Photo).ToJson(), Is.EqualTo(expected.ToJson()));
    }

    [Test]
    public void Texture_everywhere_and_pictures_too_small_or_of_one_colour_are_not_taken_for_noise()
    {
        Image texture = PlainImages.Of(160, 200, 1, (i, j, _) => 0.5 + 0.06 * Math.Sin(1.1 * i + 0.4 * j) + 0.06 * Math.Sin(0.9 * j - 0.5 * i));
        Assert.That(Find(texture).IsClean, "texture");
        Assert.That(Find(PlainImages.Noise(16, 20, 3, seed: 1)).IsClean, "small");
        Assert.That(Find(PlainImages.Of(160, 200, 3, (_, _, _) => 0.5)).IsClean, "one colour");
        Assert.That(Find(PlainImages.Of(160, 200, 3, (i, j, _) => i / 40 % 2 == j / 50 % 2 ? 0 : 1)).IsClean, "black and white");
    }

    [TestCase(30, 0, 0)]
    [TestCase(75, 0, 0)]
    [TestCase(75, 3, 6)]
    [TestCase(90, 5, 0)]
    public void Compression_is_found_by_the_pixels_wherever_the_blocks_begin(int quality, int top, int left)
    {
        DamageFinding found = Find(Compressed(WithNoise(Scene(160, 200), new NoiseLevel(0.004)), quality, top, left));
        Assert.That(found.Compression!.NearestQuality, Is.EqualTo(quality));
        Assert.That((found.Compression.Down, found.Compression.Across), Is.EqualTo((2, 2)));
        Assert.That(found.CompressionSource, Is.EqualTo("by its pixels"));
        Assert.That(found.Noise, Is.Null, "a level of noise is none");
    }

    [TestCase(5, 75)]
    [TestCase(8, 50)]
    [TestCase(5, 90)]
    public void Noise_is_found_through_compression(double levels, int quality)
    {
        DamageFinding found = Find(Compressed(WithNoise(Scene(160, 200), new NoiseLevel(levels / 255)), quality));
        Assert.That(found.NoiseStd * 255, Is.EqualTo(levels).Within(20).Percent);
    }

    [Test]
    public void What_the_compression_has_changed_is_known_within_a_half()
    {
        Image before = WithNoise(Scene(160, 200), new NoiseLevel(1.0 / 255)), after = Compressed(before, 30);
        double truth = Math.Sqrt(before.Pixels.Zip(after.Pixels, (a, b) => (a - b) * (a - b)).Average());
        Assert.That(Find(after).CompressionError, Is.EqualTo(truth).Within(50).Percent);
    }

    [Test]
    public void The_files_tables_and_the_users_numbers_come_before_what_the_pixels_say()
    {
        Image compressed = Compressed(Scene(160, 200), 75);
        using Tensor image = compressed.On(Device);
        JpegCompression file = JpegCompression.OfQuality(60, 1, 1);
        DamageFinding ofFile = DamageFinding.Of(image, Everything, file), given = DamageFinding.Of(
            image, new DamageSettings { NoiseStd = 0.02, JpegQuality = 40 }, file);
        Assert.That((ofFile.Compression, ofFile.CompressionSource), Is.EqualTo((file, "by its file")));
        Assert.That((given.Compression!.NearestQuality, given.CompressionSource, given.NoiseStd), Is.EqualTo((40, "as given", 0.02)));
        Assert.That(DamageFinding.Of(image, new DamageSettings(), file).IsClean, "nothing was asked");

        ZssrSettings settings = given.ApplyTo(ZssrPresets.Photo);
        Assert.That(settings.Pairs.Compression!.NearestQuality, Is.EqualTo(40));
        Assert.That(settings.Damage, Is.Null);
        Assert.That(
            settings.Inference.Discrepancy, Is.EqualTo(Math.Sqrt(0.02 * 0.02 + given.CompressionError * given.CompressionError)).Within(1e-12));
        Assert.That(ZssrSettings.FromJson(settings.ToJson()).ToJson(), Is.EqualTo(settings.ToJson()), "through JSON and back");
    }

    private DamageFinding Find(Image picture)
    {
        using Tensor image = picture.On(Device);
        return DamageFinding.Of(image, Everything);
    }

    /// <summary>Slopes, a few edges and a patch of texture, in bytes.</summary>
    private static Image Scene(int height, int width, int channels = 3) => InBytes(PlainImages.Of(height, width, channels, (i, j, c) =>
        0.25 + 0.3 * i / height + 0.15 * Math.Sin(0.03 * j + c) + (i + j > 260 ? 0.15 : 0) + (i < 60 && j < 80 ? 0.08 * Math.Sin(0.8 * i + 0.02 * i * j) : 0)));

    private static Image WithNoise(Image image, params NoiseLevel[] levels)
    {
        var random = new PhiloxRandom(seed: 11);
        return InBytes(image with
        {
            Pixels = [.. image.Pixels.Select((value, i) => value + random.NextNormal(0, levels[i % image.Channels % levels.Length].At(value)))],
        });
    }

    private static Image Compressed(Image image, int quality, int top = 0, int left = 0)
    {
        float[] values = [.. image.Pixels.Select(value => (float)value)];
        // The first block begins so many pixels before the picture as are missing to its next block.
        JpegDamage.Apply(
            values, image.Height, image.Width, image.Channels, JpegCompression.OfQuality(quality), (8 - top) % 8, (8 - left) % 8);
        return image with { Pixels = [.. values.Select(value => (double)value)] };
    }

    private static Image InBytes(Image image) =>
        image with { Pixels = [.. image.Pixels.Select(value => (double)(float)(Math.Clamp(Math.Round(255 * value), 0, 255) / 255))] };
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

public sealed class PaperPairsTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly PairSettings Cropped = new() { PlainShare = 1, TurnedShare = 0, CropSize = 128 };
    private static readonly PairSettings Mapped = new() { PlainShare = 0, TurnedShare = 0 };

    [TestCase(2, 2, 32, 32)]
    [TestCase(2, 2, 31, 17)]
    [TestCase(3, 3, 32, 20)]
    [TestCase(1.5, 1.5, 31, 20)]
    [TestCase(2, 3, 31, 32)]
    [TestCase(1, 1.5, 16, 16)]
    public void A_son_is_its_father_shrunk_and_enlarged_to_exactly_its_size(double vertical, double horizontal, int height, int width)
    {
        Image father = PlainImages.Noise(height, width, 3, seed: 1);
        using Tensor image = father.On(Device);
        using PaperPairs pairs = Of(image, Cropped, new Scale(vertical, horizontal));
        using TrainingPair pair = pairs.Draw(0);
        (int smallHeight, int smallWidth) = ((int)Math.Ceiling(height / vertical), (int)Math.Ceiling(width / horizontal));
        Image small = father.ImResized(1 / vertical, 1 / horizontal, smallHeight, smallWidth).Clamped(1);

        pair.Father.Plain().AssertEquals(father, 0);
        pair.Son.Plain().AssertEquals(small.ImResized(vertical, horizontal, height, width), 1e-5);
    }

    [Test]
    public void Sons_get_noise_of_the_given_deviation_before_they_are_enlarged()
    {
        using Tensor gray = PlainImages.Of(64, 64, 3, (_, _, _) => 0.5).On(Device);
        using PaperPairs pairs = Of(gray, Cropped with { NoiseStd = 0.0125 });
        using TrainingPair pair = pairs.Draw(7);
        using Tensor small = Sons.Small(pair.Father, new ImResizeRescaling(), new Scale(2), 0.0125, 1, Seed, RandomStreams.Noise(2, 7));

        Assert.That(small.ToDoubles().Average(x => Math.Pow(x - 0.5, 2)), Is.EqualTo(0.0125 * 0.0125).Within(10).Percent);
        pair.Son.Plain().AssertEquals(small.Plain().ImResized(2, 2, 64, 64), 1e-5);
    }

    [Test]
    public void Sons_are_compressed_with_blocks_at_a_place_that_each_iteration_draws([Values(1, 255)] double peak, [Values] bool smallSons)
    {
        using Tensor image = PlainImages.Drawing(64, 64, 3, peak).On(Device);
        var tables = JpegCompression.OfQuality(30);
        PaperPairs With(PairSettings settings) => new(
            [new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(2), settings, Seed, stage: 2, peak, smallSons);
        using PaperPairs clean = With(Cropped), compressed = With(Cropped with { Compression = tables });
        var places = new HashSet<(int, int)>();
        for (int iteration = 0; iteration < 4; iteration++)
        {
            using TrainingPair before = clean.Draw(iteration), after = compressed.Draw(iteration);
            Image small = before.Father.Plain().ImResized(0.5, 0.5, 32, 32).Clamped(peak);
            var random = new PhiloxRandom(Seed, RandomStreams.Damage(2, iteration));
            (int top, int left) = (random.NextInt32(16), random.NextInt32(16));
            float[] values = [.. small.Pixels.Select(value => (float)(value / peak))];
            JpegDamage.Apply(values, 32, 32, 3, tables, top, left);
            Image expected = small with { Pixels = [.. values.Select(value => value * peak)] };
            // A value on the border between two bytes may fall to either side.
            Image son = after.Son.Plain(), wanted = smallSons ? expected : expected.ImResized(2, 2, 64, 64);
            double[] apart = [.. son.Pixels.Zip(wanted.Pixels, (a, b) => Math.Abs(a - b) / peak)];
            Assert.That(apart.Average(), Is.LessThan(0.3 / 255));
            Assert.That(before.Son.Plain().Pixels.Zip(son.Pixels, (a, b) => Math.Abs(a - b) / peak).Average(), Is.GreaterThan(2.0 / 255));
            places.Add((top, left));
        }

        Assert.That(places, Has.Count.EqualTo(4));
    }

    [Test]
    public void Sons_get_the_noise_of_each_channel_where_it_depends_on_the_value()
    {
        using Tensor gray = PlainImages.Of(128, 128, 2, (_, _, c) => c == 0 ? 0.25 : 0.75).On(Device);
        using PaperPairs pairs = new(
            [new FatherSource(gray, Scale.One)], new ImResizeRescaling(), new Scale(2),
            Cropped with { ChannelNoise = [new(0.01), new(0.01, 0.04)] }, Seed, stage: 0, peak: 1, smallSons: true);
        using TrainingPair pair = pairs.Draw(3);
        double[] son = pair.Son.ToDoubles();
        double Deviation(int channel, double mean) =>
            Math.Sqrt(son.Where((_, i) => i % 2 == channel).Average(value => (value - mean) * (value - mean)));

        Assert.That(Deviation(0, 0.25), Is.EqualTo(0.01).Within(5).Percent);
        Assert.That(Deviation(1, 0.75), Is.EqualTo(0.04).Within(5).Percent);
    }

    [Test]
    public void An_affine_map_that_does_nothing_shows_the_image()
    {
        Image plain = PlainImages.Noise(24, 18, 3, seed: 2);
        using Tensor image = plain.On(Device);
        using PaperPairs pairs = Of(
            image, Mapped with { SmallestScale = 1, ScaleDifference = 0, Shear = 0, Rotates = false, Mirrors = false });
        using TrainingPair pair = pairs.Draw(0);

        pair.Father.Plain().AssertEquals(plain, 1e-6);
    }

    [Test]
    public void A_mirrored_map_shows_the_image_with_left_and_right_exchanged()
    {
        Image plain = PlainImages.Noise(24, 18, 1, seed: 2);
        Image exchanged = PlainImages.Of(24, 18, 1, (i, j, c) => plain[i, 17 - j, c]);
        using Tensor image = plain.On(Device);
        using PaperPairs pairs = Of(image, Mapped with { SmallestScale = 1, ScaleDifference = 0, Shear = 0, Rotates = false });
        int mirrored = 0;
        for (int iteration = 0; iteration < 40; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            bool isMirrored = pair.Origin.Transform.Contains("mirrored", StringComparison.Ordinal);
            pair.Father.Plain().AssertEquals(isMirrored ? exchanged : plain, 1e-6);
            mirrored += isMirrored ? 1 : 0;
        }

        Assert.That(mirrored, Is.InRange(8, 32), "half of 40, give or take four deviations");
    }

    [Test]
    public void A_rotated_round_spot_stays_where_it_is()
    {
        Image spot = PlainImages.Of(41, 41, 1, (i, j, _) => Math.Exp(-((i - 20) * (i - 20) + (j - 20) * (j - 20)) / 20.0));
        using Tensor image = spot.On(Device);
        using PaperPairs pairs = Of(image, Mapped with { SmallestScale = 1, ScaleDifference = 0, Shear = 0 });
        for (int iteration = 0; iteration < 8; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            pair.Father.Plain().AssertEquals(spot, 0.003);
        }
    }

    [Test]
    public void A_scaled_ramp_has_steps_of_one_over_the_scale_and_the_same_middle()
    {
        using Tensor image = PlainImages.Of(40, 40, 1, (i, j, _) => (i + 2 * j) / 120.0).On(Device);
        using PaperPairs pairs = Of(image, Mapped with { ScaleDifference = 0, Shear = 0, Rotates = false, Mirrors = false });
        for (int iteration = 0; iteration < 6; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Image father = pair.Father.Plain();
            double scale = double.Parse(pair.Origin.Transform[7..11], System.Globalization.CultureInfo.InvariantCulture);
            int middle = father.Height / 2;
            double rowStep = (father[middle + 3, middle, 0] - father[middle - 3, middle, 0]) / 6;
            double columnStep = (father[middle, middle + 3, 0] - father[middle, middle - 3, 0]) / 6;

            Assert.That(rowStep * 120, Is.EqualTo(1 / scale).Within(1.5).Percent, pair.Origin.Transform);
            Assert.That(columnStep * 120, Is.EqualTo(2 / scale).Within(1.5).Percent, pair.Origin.Transform);
            // The crop loses a fraction of a pixel at most.
            Assert.That(father.Pixels.Average() * 120, Is.EqualTo(3 * 19.5).Within(3 / scale), pair.Origin.Transform);
        }
    }

    [Test]
    public void No_father_has_black_where_the_image_has_none()
    {
        using Tensor image = PlainImages.Noise(20, 27, 3, seed: 3, low: 0.5, high: 0.6).On(Device);
        using PaperPairs pairs = Of(image, new PairSettings());
        for (int iteration = 0; iteration < 40; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Assert.That(pair.Father.ToDoubles(), Is.All.InRange(0.45, 0.65), pair.Origin.ToString());
            Assert.That(pair.Son.ToDoubles(), Has.All.GreaterThan(0.45), pair.Origin.ToString());
            Assert.That(pair.Son.Shape, Is.EqualTo(pair.Father.Shape));
        }
    }

    private const ulong Seed = 5;

    private static PaperPairs Of(Tensor image, PairSettings settings, Scale? scale = null) =>
        new([new FatherSource(image, Scale.One)], new ImResizeRescaling(), scale ?? new Scale(2), settings, Seed, stage: 2, peak: 1);
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

public sealed class ArticlePairsTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly PairSettings Settings = ZssrPresets.Article.Pairs;
    private static readonly PairSettings Noiseless = Settings with { NoiseStd = 0 };

    [Test]
    public void There_are_twelve_variants_of_three_sizes()
    {
        using ArticlePairs pairs = Of(PlainImages.Noise(40, 36, 3, seed: 1, high: 255), Noiseless);

        Assert.That(pairs.EpochLength, Is.EqualTo(36));
        Assert.That(pairs.All.Select(pair => pair.Origin.Transform), Is.Unique);
        Assert.That(
            pairs.All.Select(pair => pair.Father.Shape),
            Is.EqualTo(new[] { (40, 36), (20, 18), (10, 9) }.SelectMany(size => Enumerable.Repeat(size, 3)
                .Concat(Enumerable.Repeat((size.Item2, size.Item1), 3))
                .Concat(Enumerable.Repeat(size, 3))
                .Concat(Enumerable.Repeat((size.Item2, size.Item1), 3))
                .Select(s => Shape.Create([1, s.Item1, s.Item2, 3])))));
        foreach (TrainingPair pair in pairs.All)
            Assert.That(pair.Son.Shape, Is.EqualTo(pair.Father.Shape));
    }

    [Test]
    public void Fathers_are_the_image_shrunk_to_whole_sizes_then_turned_then_mirrored()
    {
        Image image = PlainImages.Noise(33, 38, 2, seed: 2, high: 255);
        using ArticlePairs pairs = Of(image, Noiseless);
        foreach ((int level, int height, int width) in new[] { (0, 33, 38), (1, 16, 19), (2, 8, 9) })
        {
            Image shrunk = level == 0 ? image : image.Interpolated(height, width, InterpolationMode.Bicubic);
            var turned = new ImageArray(1, height, width, 2, shrunk.Pixels);
            for (int turns = 0; turns < 4; turns++, turned = turned.Turned())
            {
                ImageArray[] mirrored = [turned, turned.FlippedHorizontally(), turned.FlippedVertically()];
                for (int i = 0; i < 3; i++)
                {
                    Tensor father = pairs.All[12 * level + 3 * turns + i].Father;
                    Assert.That(father.ToDoubles(), Is.EqualTo(mirrored[i].Elements).Within(1e-3), $"level {level}, {turns} turns, {i}");
                }
            }
        }
    }

    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(1.5, 2)]
    public void A_son_is_its_father_bicubic_down_to_whole_sizes_and_bilinear_up(double vertical, double horizontal)
    {
        using ArticlePairs pairs = Of(PlainImages.Noise(33, 37, 3, seed: 3, high: 255), Noiseless, new Scale(vertical, horizontal));
        foreach (TrainingPair pair in pairs.All)
        {
            Image father = pair.Father.Plain();
            Image small = father
                .Interpolated((int)(father.Height / vertical), (int)(father.Width / horizontal), InterpolationMode.Bicubic)
                .Clamped(255);

            pair.Son.Plain().AssertEquals(small.Interpolated(father.Height, father.Width, InterpolationMode.Bilinear), 1e-3);
        }
    }

    [Test]
    public void Noise_on_sons_is_normal_with_a_deviation_of_five()
    {
        using Tensor gray = Tensor.Full(Device, [1, 96, 96, 3], 128);
        using Tensor small = Sons.Small(gray, new InterpolateRescaling(), new Scale(2), noise: 5, peak: 255, seed: 4, stream: 1);
        double[] noise = [.. small.ToDoubles().Select(x => x - 128)];

        Assert.That(small.Shape, Is.EqualTo(Shape.Create([1, 48, 48, 3])));
        Assert.That(
            Distributions.LargestDeviation(noise, x => Distributions.Normal(x / 5)), Is.LessThan(Distributions.Bound(noise.Length)));
    }

    [Test]
    public void The_lists_sons_have_that_noise_each_its_own()
    {
        // Twice as large by bilinear interpolation, each pixel but those at the border is a mean with weights ¾ and ¼ along each axis:
        // the noise's variance becomes (9/16 + 1/16)².
        using ArticlePairs pairs = Of(PlainImages.Of(96, 96, 1, (_, _, _) => 128), Settings with { Levels = 1 });
        double[][] sons = [.. pairs.All.Select(pair => pair.Son.ToDoubles())];
        double variance = sons.Average(son => son.Average(x => (x - 128) * (x - 128)));

        Assert.That(Math.Sqrt(variance), Is.EqualTo(5 * 0.625).Within(3).Percent);
        Assert.That(sons.Select(son => son[1000]), Is.Unique);
    }

    [TestCase(0)]
    [TestCase(255)]
    public void Noisy_sons_stay_between_black_and_white(double level)
    {
        using ArticlePairs pairs = Of(PlainImages.Of(32, 32, 1, (_, _, _) => level), Settings);
        double[] all = [.. pairs.All.SelectMany(pair => pair.Son.ToDoubles())];

        Assert.That(all, Is.All.InRange(0, 255.0001));
        // Of clamped noise the half is left: its mean is σ/√(2π).
        Assert.That(Math.Abs(all.Average() - level), Is.EqualTo(5 / Math.Sqrt(Math.Tau)).Within(6).Percent);
    }

    [Test]
    public void Noise_is_drawn_once()
    {
        using ArticlePairs pairs = Of(PlainImages.Noise(32, 32, 1, seed: 5, high: 255), Settings with { Levels = 1 });
        using TrainingPair first = pairs.Draw(0);
        int again = Enumerable.Range(1, 200).First(iteration =>
        {
            using TrainingPair pair = pairs.Draw(iteration);
            return pair.Origin == first.Origin;
        });
        using TrainingPair second = pairs.Draw(again);

        Assert.That(second.Son.ToArray(), Is.EqualTo(first.Son.ToArray()));
    }

    [Test]
    public void A_crop_is_the_same_place_of_son_and_father_anywhere_in_the_image()
    {
        using ArticlePairs pairs = Of(PlainImages.Noise(32, 34, 2, seed: 6, high: 255), Settings with { CropSize = 30, Levels = 1 });
        var places = new HashSet<(int, int)>();
        for (int iteration = 0; iteration < 120; iteration++)
        {
            using TrainingPair drawn = pairs.Draw(iteration);
            (_, string transform, int top, int left) = drawn.Origin;
            TrainingPair whole = pairs.All.Single(pair => pair.Origin.Transform == transform);
            Assert.That(drawn.Father.Shape, Is.EqualTo(Shape.Create([1, 30, 30, 2])));
            Assert.That(drawn.Father.ToDoubles(), Is.EqualTo(Cut(whole.Father, top, left)));
            Assert.That(drawn.Son.ToDoubles(), Is.EqualTo(Cut(whole.Son, top, left)));
            if (whole.Father.Shape[1] == 32)
                places.Add((top, left));
        }

        Assert.That(places, Has.Count.EqualTo(3 * 5), "places of the images that are not turned");

        static double[] Cut(Tensor image, int top, int left) =>
            new ImageArray(1, image.Shape[1], image.Shape[2], 2, image.ToDoubles()).Windowed(top, left, 30, 30).Elements;
    }

    [TestCase(20, 40)]
    [TestCase(40, 20)]
    public void An_image_smaller_than_the_crop_in_one_direction_is_used_whole(int height, int width)
    {
        using ArticlePairs pairs = Of(PlainImages.Noise(height, width, 1, seed: 7, high: 255), Settings with { CropSize = 30, Levels = 1 });
        for (int iteration = 0; iteration < 20; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Assert.That(pair.Father.Shape[1] * pair.Father.Shape[2], Is.EqualTo(height * width));
        }
    }

    private ArticlePairs Of(Image image, PairSettings settings, Scale? scale = null)
    {
        using Tensor tensor = image.On(Device);
        return new ArticlePairs(tensor, new InterpolateRescaling(), scale ?? new Scale(2), settings, seed: 9, peak: 255);
    }
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>Which pairs of the article's list are drawn how often.</summary>
public sealed class ArticleDrawTests
{
    [Test]
    public void Levels_are_drawn_with_half_the_weight_of_the_level_before()
    {
        const int Draws = 6000;
        using Tensor image = PlainImages.Noise(32, 32, 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu));
        PairSettings settings = ZssrPresets.Article.Pairs;
        using var pairs = new ArticlePairs(image, new InterpolateRescaling(), new Scale(2), settings, seed: 3, peak: 255);
        Dictionary<string, int> counts = pairs.All.ToDictionary(pair => pair.Origin.Transform, _ => 0);
        for (int iteration = 0; iteration < Draws; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            counts[pair.Origin.Transform]++;
        }

        double chiSquared = pairs.All.Select((pair, i) =>
        {
            double expected = Draws * Math.Pow(0.5, i / 12) / (12 * 1.75);
            return Math.Pow(counts[pair.Origin.Transform] - expected, 2) / expected;
        }).Sum();
        // Of 35 degrees of freedom: above 76.1 once in 15,000 samples.
        Assert.That(chiSquared, Is.InRange(0, 76));
    }

    [Test]
    public void An_iteration_draws_the_same_again_and_another_seed_something_else()
    {
        using Tensor image = PlainImages.Noise(32, 32, 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu));
        List<PairOrigin> origins = Origins(image, seed: 3);
        Assert.That(Origins(image, seed: 3), Is.EqualTo(origins));
        Assert.That(Origins(image, seed: 4), Is.Not.EqualTo(origins));
        Assert.That(Origins(image, seed: 3, stage: 1), Is.Not.EqualTo(origins));
    }

    [Test]
    public void A_tiny_image_has_one_level()
    {
        using Tensor image = PlainImages.Noise(4, 5, 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu));
        using var pairs = new ArticlePairs(image, new InterpolateRescaling(), new Scale(2), ZssrPresets.Article.Pairs, seed: 3, peak: 255);
        Assert.That(pairs.EpochLength, Is.EqualTo(12));
    }

    private static List<PairOrigin> Origins(Tensor image, ulong seed, int stage = 0)
    {
        PairSettings settings = ZssrPresets.Article.Pairs with { CropSize = 8 };
        using var pairs = new ArticlePairs(image, new InterpolateRescaling(), new Scale(2), settings, seed, peak: 255, stage);
        var origins = new List<PairOrigin>();
        for (int iteration = 0; iteration < 20; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            origins.Add(pair.Origin);
        }

        return origins;
    }
}

using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>Pairs for a network that enlarges itself: each pixel of a son stands for a whole block of its father.</summary>
[TestFixture]
public sealed class SmallSonTests
{
    private static readonly PairSettings Settings = new() { FatherScales = [1, 0.9, 0.7], CropSize = 17 };

    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(2, 3)]
    [TestCase(1, 4)]
    public void A_drawn_father_is_made_of_blocks_and_its_son_is_it_shrunk(int vertical, int horizontal)
    {
        using Tensor image = PlainImages.Noise(31, 24, 3, seed: 1).On(SmallRuns.Cpu);
        using var pairs = new PaperPairs(
            [new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(vertical, horizontal), Settings, seed: 1, stage: 0,
            peak: 1, smallSons: true);
        var sizes = new HashSet<(int, int)>();
        for (int iteration = 0; iteration < 60; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            (int height, int width) = (pair.Father.Shape[1], pair.Father.Shape[2]);
            Assert.That((height % vertical, width % horizontal), Is.EqualTo((0, 0)), pair.Origin.ToString());
            Image son = pair.Father.Plain().ImResized(1.0 / vertical, 1.0 / horizontal, height / vertical, width / horizontal).Clamped(1);
            pair.Son.Plain().AssertEquals(son, 1e-5);
            sizes.Add((height, width));
        }

        (int, int) largest = (17 / vertical * vertical, 17 / horizontal * horizontal);
        Assert.That(sizes, Does.Contain(largest), "crops are counted in the father's pixels");
    }

    [TestCase(2, 2, false)]
    [TestCase(2, 3, false)]
    [TestCase(3, 3, true)]
    public void The_lists_crops_are_aligned(int vertical, int horizontal, bool detail)
    {
        using Tensor image = PlainImages.Noise(36, 40, 2, seed: 1).On(SmallRuns.Cpu);
        using ArticlePairs pairs = ListOf(image, vertical, horizontal, Settings with { DetailCrops = detail, Levels = 2 });
        var places = new HashSet<(int, int)>();
        for (int iteration = 0; iteration < 80; iteration++)
        {
            using TrainingPair drawn = pairs.Draw(iteration);
            TrainingPair whole = pairs.All.Single(pair => pair.Origin.Transform == drawn.Origin.Transform);
            (int height, int width) = (drawn.Father.Shape[1], drawn.Father.Shape[2]);
            (_, _, int top, int left) = drawn.Origin;
            Assert.That((height % vertical, width % horizontal, top % vertical, left % horizontal), Is.EqualTo((0, 0, 0, 0)));
            using Tensor father = Window.Crop(whole.Father, top, left, height, width);
            using Tensor son = Window.Crop(
                whole.Son, top / vertical, left / horizontal, height / vertical, width / horizontal);
            Assert.That(drawn.Father.ToArray(), Is.EqualTo(father.ToArray()));
            Assert.That(drawn.Son.ToArray(), Is.EqualTo(son.ToArray()));
            places.Add((top, left));
        }

        Assert.That(places, Has.Count.GreaterThan(10));
    }

    [Test]
    public void Of_an_image_smaller_than_the_crop_as_many_whole_blocks_are_used_as_it_has()
    {
        using Tensor image = PlainImages.Noise(11, 40, 1, seed: 1).On(SmallRuns.Cpu);
        using ArticlePairs pairs = ListOf(image, 2, 2, Settings with { Levels = 1 });
        for (int iteration = 0; iteration < 10; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Assert.That(pair.Father.Count, Is.EqualTo(10 * 40));
            Assert.That(pair.Son.Count, Is.EqualTo(5 * 20));
        }
    }

    /// <summary>Shrunk, the image has too few pixels for a son of one pixel.</summary>
    [Test]
    public void Of_an_image_as_small_as_the_enlargement_only_the_whole_is_used()
    {
        using Tensor image = PlainImages.Noise(16, 16, 1, seed: 1).On(SmallRuns.Cpu);
        using var drawn = new PaperPairs(
            [new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(16), Settings, seed: 1, stage: 0, peak: 1,
            smallSons: true);
        using ArticlePairs listed = ListOf(image, 16, 16, Settings with { Levels = 2 });
        Assert.That(listed.All, Has.Count.EqualTo(12));
        Assert.That(ArticlePairs.ElementsFor(image, Settings with { Levels = 2 }, leastSide: 16), Is.EqualTo(2 * 12 * 256));
        foreach (ITrainingPairs pairs in new ITrainingPairs[] { drawn, listed })
        {
            for (int iteration = 0; iteration < 20; iteration++)
            {
                using TrainingPair pair = pairs.Draw(iteration);
                Assert.That((pair.Father.Count, pair.Son.Count), Is.EqualTo((256, 1)));
            }
        }
    }

    [Test]
    public void A_scale_that_is_not_whole_is_refused()
    {
        using Tensor image = PlainImages.Noise(20, 20, 1, seed: 1).On(SmallRuns.Cpu);
        Assert.That(
            () => new ReconstructionProbe(image, new ImResizeRescaling(), new Scale(1.5), 256, peak: 1, smallSon: true),
            Throws.ArgumentException.With.Message.Contains("1.5"));
    }

    [Test]
    public void The_reconstruction_is_measured_on_whole_blocks()
    {
        using Tensor image = PlainImages.Noise(21, 20, 3, seed: 1).On(SmallRuns.Cpu);
        using var network = new ZssrNetwork(
            SmallRuns.Cpu, new NetworkSettings { Form = NetworkForm.SubPixel, Width = 4, Depth = 2, WeightGain = 1e-6 }, 3, seed: 1,
            enlargement: new WholeScale(3, 3));
        using var probe = new ReconstructionProbe(image, new ImResizeRescaling(), new Scale(3), 256, peak: 1, smallSon: true);
        // The middle 21 x 18 of it; the network as good as only interpolates.
        using Tensor middle = Window.Crop(image, 0, 1, 21, 18);
        Image father = middle.Plain(), son = father.ImResized(1 / 3.0, 1 / 3.0, 7, 6).Clamped(1);
        Image back = son.ImResized(3, 3, 21, 18).Clamped(1);
        double expected = father.Pixels.Zip(back.Pixels, (a, b) => (a - b) * (a - b)).Average();

        Assert.That(probe.Measure(network), Is.EqualTo(expected).Within(0.1).Percent);
    }

    private static ArticlePairs ListOf(Tensor image, int vertical, int horizontal, PairSettings settings) => new(
        image, new ImResizeRescaling(), new Scale(vertical, horizontal), settings with { Recipe = PairRecipe.FixedList }, seed: 1, peak: 1,
        smallSons: true);
}

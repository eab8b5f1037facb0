using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>Crops where the image has detail, and crops of shrunk images.</summary>
public sealed class DetailCropTests
{
    private static readonly PairSettings Plain = new() { PlainShare = 1, TurnedShare = 0, CropSize = 8, DetailCrops = true };
    private static readonly PairSettings Mapped = new() { PlainShare = 0, TurnedShare = 0, CropSize = 13, DetailCrops = true };

    [Test]
    public void Pixels_are_drawn_in_proportion_to_the_gradient_magnitude()
    {
        const int Draws = 5000;
        Image image = PlainImages.Noise(3, 4, 2, seed: 3);
        double[] magnitude = GradientMagnitudeTests.Plain(image);
        using Tensor tensor = image.On(SmallRuns.Cpu);
        var map = DetailMap.Of(tensor);
        var random = new PhiloxRandom(seed: 1);
        int[] counts = new int[12];
        for (int i = 0; i < Draws; i++)
        {
            (int row, int column) = map.Draw(random);
            counts[4 * row + column]++;
        }

        for (int i = 0; i < counts.Length; i++)
        {
            double share = magnitude[i] / magnitude.Sum();
            Assert.That((double)counts[i] / Draws, Is.EqualTo(share).Within(4 * Math.Sqrt(share * (1 - share) / Draws)), $"pixel {i}");
        }
    }

    [Test]
    public void Every_pixel_of_a_flat_image_is_drawn()
    {
        using Tensor flat = Tensor.Full(SmallRuns.Cpu, [1, 3, 4, 3], 0.5);
        var map = DetailMap.Of(flat);
        var random = new PhiloxRandom(seed: 1);
        Assert.That(Enumerable.Range(0, 400).Select(_ => map.Draw(random)).Distinct().Count(), Is.EqualTo(12));
    }

    [TestCase(20, 16)]
    [TestCase(1, 0)] // as near to the border as it can be
    [TestCase(39, 32)]
    public void Crops_have_an_edge_in_their_middle(int edge, int left)
    {
        // Black up to a column, white from it on: the magnitude is ½ in the two columns beside the edge.
        using Tensor image = PlainImages.Of(30, 40, 1, (_, j, _) => j < edge ? 0 : 1).On(SmallRuns.Cpu);
        using PaperPairs pairs = Of(image, Plain);
        List<PairOrigin> origins = Draw(pairs, 60);
        Assert.That(origins.Select(origin => origin.Left), Is.All.InRange(Math.Max(left - 1, 0), left));
        Assert.That(origins.Select(origin => origin.Top).Distinct().Count(), Is.GreaterThan(10), "the edge is as long as the image");
    }

    [Test]
    public void Mapped_crops_have_a_spot_in_their_middle()
    {
        using Tensor image = PlainImages
            .Of(41, 41, 1, (i, j, _) => Math.Exp(-((i - 12) * (i - 12) + (j - 28) * (j - 28)) / 2.0)).On(SmallRuns.Cpu);
        using PaperPairs pairs = Of(image, Mapped with { SmallestScale = 0.9, ScaleDifference = 0.05, Shear = 0.05 });
        for (int iteration = 0; iteration < 40; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Image father = pair.Father.Plain();
            Assert.That((father.Height, father.Width), Is.EqualTo((13, 13)));
            (int row, int column) = Math.DivRem(Array.IndexOf(father.Pixels, father.Pixels.Max()), 13);
            Assert.That(Math.Max(Math.Abs(row - 6), Math.Abs(column - 6)), Is.LessThanOrEqualTo(4), pair.Origin.ToString());
        }
    }

    [Test]
    public void The_articles_crops_have_an_edge_in_them()
    {
        using Tensor image = PlainImages.Of(40, 40, 1, (_, j, _) => j < 30 ? 0 : 255).On(SmallRuns.Cpu);
        PairSettings settings = ZssrPresets.Article.Pairs with { CropSize = 8, Levels = 1, NoiseStd = 0, DetailCrops = true };
        using var pairs = new ArticlePairs(image, new InterpolateRescaling(), new Scale(2), settings, seed: 1, peak: 255);
        for (int iteration = 0; iteration < 30; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            double[] father = pair.Father.ToDoubles();
            Assert.That((father.Min(), father.Max()), Is.EqualTo((0.0, 255.0)), pair.Origin.ToString());
        }
    }

    [Test]
    public void Fathers_come_from_the_image_at_each_of_the_scales_alike()
    {
        Image plain = PlainImages.Noise(20, 31, 3, seed: 1);
        using Tensor image = plain.On(SmallRuns.Cpu);
        using PaperPairs pairs = Of(image, Plain with { CropSize = 64, DetailCrops = false, FatherScales = [1, 0.7] });
        int whole = 0;
        for (int iteration = 0; iteration < 100; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            bool isWhole = pair.Origin.Transform == "0°";
            Assert.That(pair.Origin.Transform, isWhole ? Is.EqualTo("0°") : Is.EqualTo("0.7 size, 0°"));
            pair.Father.Plain().AssertEquals(isWhole ? plain : plain.ImResized(0.7, 0.7, 14, 22), 1e-5);
            Assert.That(pair.Son.Shape, Is.EqualTo(pair.Father.Shape));
            whole += isWhole ? 1 : 0;
        }

        Assert.That(whole, Is.InRange(30, 70), "half of 100, give or take four deviations");
    }

    [Test]
    public void Scales_that_leave_no_father_are_left_out()
    {
        using Tensor image = PlainImages.Noise(15, 40, 1, seed: 1).On(SmallRuns.Cpu);
        using PaperPairs some = Of(image, Plain with { FatherScales = [0.9, 0.3] }), none = Of(image, Plain with { FatherScales = [0.3] });
        Assert.That(Draw(some, 20).Select(origin => origin.Transform), Is.All.EqualTo("0.9 size, 0°"));
        Assert.That(Draw(none, 20).Select(origin => origin.Transform), Is.All.EqualTo("0°"));
    }

    private static List<PairOrigin> Draw(PaperPairs pairs, int count)
    {
        var origins = new List<PairOrigin>();
        for (int iteration = 0; iteration < count; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            origins.Add(pair.Origin);
        }

        return origins;
    }

    private static PaperPairs Of(Tensor image, PairSettings settings) =>
        new([new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(2), settings, seed: 5, stage: 0, peak: 1);
}

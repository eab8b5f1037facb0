using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Enlarging;

/// <summary>What an enlargement shows of itself, and where crops lie.</summary>
public sealed class EnlargementObserverTests
{
    [Test]
    public void The_answers_their_median_and_the_result_are_shown_in_order()
    {
        using Tensor image = PlainImages.Noise(8, 10, 3, seed: 1).On(SmallRuns.Cpu);
        using var network = new ZssrNetwork(
            SmallRuns.Cpu, new NetworkSettings { Depth = 2, Width = 4, WeightGain = 1 }, channels: 3, seed: 1);
        var settings = new InferenceSettings { BackProjectCopies = false };
        var enlarger = new Enlarger(network, new ImResizeRescaling(), settings, peak: 1);
        var notes = new Notes();

        using Tensor observed = enlarger.Enlarge(image, new Scale(2), 16, 20, backProjections: 2, observer: notes);
        using Tensor plain = enlarger.Enlarge(image, new Scale(2), 16, 20, backProjections: 2);

        Assert.That(observed.ToArray(), Is.EqualTo(plain.ToArray()));
        Assert.That(notes.Variants, Is.EqualTo(Variant.Eight));
        Assert.That(notes.Projected, Is.EqualTo(plain.ToArray()));
        Assert.That(notes.Merged, Is.Not.EqualTo(notes.Projected));
        Assert.That(notes.Parameters, Is.EqualTo(network.Parameters.Select(parameter => parameter.Name)));
        float[] middle = [.. Enumerable.Range(0, notes.Merged.Length).Select(i =>
        {
            float[] sorted = [.. notes.Answers.Select(answer => answer[i]).Order()];
            return (sorted[3] + sorted[4]) / 2;
        })];
        Assert.That(notes.Merged, Is.EqualTo(middle).Within(1e-6));
    }

    [Test]
    public void Where_a_crop_lies_is_found_back_from_every_turned_copy(
        [ValueSource(typeof(Variant), nameof(Variant.Twelve))] Variant variant)
    {
        // A single bright block of 2 × 3 pixels in 8 × 12.
        using Tensor image = PlainImages.Of(8, 12, 1, (y, x, _) => y is 1 or 2 && x is 5 or 6 or 7 ? 1 : 0).On(SmallRuns.Cpu);
        using Tensor turned = variant.Apply(image);
        (int height, int width) = (turned.Shape[1], turned.Shape[2]);
        int[] bright = [.. turned.ToArray().Select((value, i) => (value, i)).Where(entry => entry.value == 1).Select(entry => entry.i)];
        (int top, int left) = (bright[0] / width, bright.Min(i => i % width));
        int rows = bright.Max(i => i / width) - top + 1, columns = bright.Max(i => i % width) - left + 1;

        ImageArea area = variant.Undo(ImageArea.Of(turned, top, left, rows, columns));

        Assert.That(height * width, Is.EqualTo(96));
        Assert.That(
            new[] { area.Top * 8, area.Left * 12, area.Height * 8, area.Width * 12 }, Is.EqualTo(new double[] { 1, 5, 2, 3 }).Within(1e-9));
    }

    [Test]
    public void A_pairs_father_is_that_part_of_the_image([Values] bool articles)
    {
        ZssrSettings settings = articles ? SmallRuns.Article : SmallRuns.Paper;
        using Tensor image = PlainImages.Drawing(20, 24, peak: settings.Peak).On(SmallRuns.Cpu);
        using ITrainingPairs pairs = articles
            ? new ArticlePairs(image, Rescaling.Of(settings), new Scale(2), settings.Pairs, seed: 1, settings.Peak)
            : new PaperPairs(
                [new FatherSource(image, Scale.One)], Rescaling.Of(settings), new Scale(2), settings.Pairs, seed: 1, stage: 0,
                settings.Peak);
        int compared = 0;
        for (int iteration = 0; iteration < 40; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            // Fathers of the image's own size, turned at most.
            if (pair.Origin.Area is not { } area || Variant.Twelve.All(variant => variant.ToString() != pair.Origin.Transform))
                continue;
            Variant turned = Variant.Twelve.First(variant => variant.ToString() == pair.Origin.Transform);
            using Tensor part = Window.Crop(
                image, (int)Math.Round(area.Top * 20), (int)Math.Round(area.Left * 24),
                (int)Math.Round(area.Height * 20), (int)Math.Round(area.Width * 24));
            using Tensor father = turned.Apply(part);
            Assert.That(pair.Father.ToArray(), Is.EqualTo(father.ToArray()), pair.Origin.ToString());
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(8));
    }

    private sealed class Notes : IEnlargementObserver
    {
        public List<string> Parameters { get; } = [];

        public List<Variant> Variants { get; } = [];

        public List<float[]> Answers { get; } = [];

        public float[] Merged { get; private set; } = [];

        public float[] Projected { get; private set; } = [];

        public void Begun(Tensor given, Tensor interpolated, IReadOnlyList<NamedParameter> parameters) =>
            Parameters.AddRange(parameters.Select(parameter => parameter.Name));

        public void Answered(Variant variant, Tensor answer)
        {
            Variants.Add(variant);
            Answers.Add(answer.ToArray());
        }

        public void Ended(Tensor merged, Tensor projected) => (Merged, Projected) = (merged.ToArray(), projected.ToArray());
    }
}

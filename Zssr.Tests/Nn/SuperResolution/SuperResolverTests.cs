using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

public sealed class SuperResolverTests
{
    private static readonly BlurKernel Kernel = BlurKernel.FromText("0.1 0.3 0.1\n0.05 0.4 0\n0 0.05 0");

    private static readonly Dictionary<string, ZssrSettings> Recipes = new()
    {
        ["article"] = SmallRuns.Small(ZssrPresets.Article, 3),
        ["paper"] = SmallRuns.Small(ZssrPresets.Paper, 3),
        ["gradual"] = SmallRuns.Small(ZssrPresets.PaperGradual, 2),
        ["real"] = SmallRuns.Small(ZssrPresets.Real, 3),
        ["fast"] = SmallRuns.Small(ZssrPresets.Fast, 3),
    };

    private static readonly string[] RecipeNames = [.. Recipes.Keys];

    [TestCase("2", 4, 4, 8, 8)]
    [TestCase("2", 5, 7, 10, 14)]
    [TestCase("1.5", 5, 7, 8, 11)]
    [TestCase("2x3", 5, 7, 10, 21)]
    [TestCase("1x1.5", 4, 5, 4, 8)]
    [TestCase("3", 5, 4, 15, 12)]
    [TestCase("1.5 2", 5, 7, 15, 21)]
    public void Every_recipe_reaches_every_scale_from_every_size(string scales, int height, int width, int rows, int columns)
    {
        foreach (string name in RecipeNames)
        {
            ZssrSettings settings = Recipes[name] with { Scales = Parse(scales) };
            foreach (int channels in new[] { 1, 3 })
            {
                using Tensor image = PlainImages.Drawing(height, width, channels).On(SmallRuns.Cpu);
                Shape large = Shape.Create([1, rows, columns, channels]);
                AssertIsEnlarged(new SuperResolver(settings), image, large, $"{name}, {channels} channels");
                if (settings.Scales.Count == 1)
                    AssertIsEnlarged(new SuperResolver(settings.ForGivenKernel(), Kernel), image, large, $"{name}, kernel");
            }
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others([ValueSource(nameof(RecipeNames))] string name)
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        ZssrSettings settings = Recipes[name];
        float[] first = Upscaled(settings, image), again = Upscaled(settings, image), other = Upscaled(settings with { Seed = 2 }, image);

        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Progress_never_goes_back_and_ends_with_the_last_copy([ValueSource(nameof(RecipeNames))] string name)
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        var told = new List<(int Stage, RunPhase Phase, int Done, int Total)>();
        ZssrSettings settings = Recipes[name] with { Training = Recipes[name].Training with { Iterations = 25 } };
        using Tensor large = new SuperResolver(settings).Upscale(image, new ProgressOf<RunProgress>(
            progress => told.Add((progress.Stage, progress.Phase, progress.Done, progress.Total))));

        Assert.That(told, Is.Ordered);
        Assert.That(told.All(report => report.Done >= 0 && report.Done <= report.Total), Is.True);
        Assert.That(told.Where(report => report is { Stage: 0, Phase: RunPhase.Training }).Select(report => report.Done),
            Is.EqualTo(new[] { 0, 10, 20, 25 }));
        Assert.That(told[^1].Done, Is.EqualTo(told[^1].Total).And.EqualTo(settings.Inference.Ensemble));
        Assert.That(told.Max(report => report.Stage), Is.EqualTo(ScaleSchedule.Of(settings).Count - 1));
    }

    [Test]
    public void Untrained_the_papers_network_gives_bicubic_with_back_projection()
    {
        Image small = PlainImages.Drawing(16, 14);
        ZssrSettings settings = ZssrPresets.Paper with { Network = new() { Width = 8 }, Training = new() { Iterations = 0 } };
        Image expected = small.ImResized(2, 2, 32, 28).Clamped(1);
        for (int pass = 0; pass < 2; pass++)
        {
            expected = expected.BackProjected(
                small, rounds: 10, step: 1, peak: 1, y => y.ImResized(0.5, 0.5, 16, 14), x => x.ImResized(2, 2, 32, 28));
        }

        using Tensor image = small.On(SmallRuns.Cpu);
        using Tensor large = new SuperResolver(settings).Upscale(image);
        large.Plain().AssertEquals(expected, 0.01);
    }

    [TestCase(1, 3, 9, 3)]
    [TestCase(1, 9, 3, 3)]
    [TestCase(2, 9, 9, 3)]
    [TestCase(1, 9, 9, 0)]
    public void An_image_of_another_shape_is_refused(int n, int height, int width, int channels)
    {
        using Tensor image = Tensor.Zeros(SmallRuns.Cpu, [n, height, width, channels]);
        Assert.That(
            () => new SuperResolver(SmallRuns.Paper).Upscale(image),
            Throws.TypeOf<ShapeException>().With.Message.Contains("at least 4 rows and columns").And.Message.Contains($"{image.Shape}"));
    }

    [Test]
    public void Settings_are_checked_before_anything_is_done()
    {
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        Assert.That(
            () => new SuperResolver(ZssrPresets.Paper with { Peak = 3 }).Upscale(image), Throws.TypeOf<SettingsException>());
    }

    [TestCase(0f, 255f, "0 to 255", "Divide bytes by 255")]
    [TestCase(-1f, 1f, "-1 to 1", "values 0…1")]
    [TestCase(0f, float.NaN, "not numbers", "NaN")]
    [TestCase(float.NegativeInfinity, 1f, "not numbers", "infinite")]
    public void Values_of_another_unit_are_refused(float low, float high, string found, string needed)
    {
        // The odd values last, beyond the rows that are looked at first.
        float[] values = new float[1100 * 1000];
        (values[^2], values[^1]) = (low, high);
        using Tensor image = Tensor.From(SmallRuns.Cpu, [1, 1100, 1000, 1], values);
        int before = OpenDevices.LiveBuffers;
        Assert.That(
            () => new SuperResolver(SmallRuns.Paper).Upscale(image),
            Throws.TypeOf<ArgumentException>().With.Message.Contains(found).And.Message.Contains(needed));
        Assert.That(OpenDevices.LiveBuffers, Is.EqualTo(before));
    }

    [Test]
    public void Values_a_little_beyond_as_interpolation_leaves_them_are_taken()
    {
        using Tensor image = Tensor.From(SmallRuns.Cpu, [1, 4, 4, 1], [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? -0.3f : 1.3f)]);
        AssertIsEnlarged(new SuperResolver(SmallRuns.Small(ZssrPresets.Paper, 1)), image, Shape.Create([1, 8, 8, 1]), "beyond");
    }

    [Test]
    public void Hooks_are_checked_before_anything_is_done()
    {
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        int before = OpenDevices.LiveBuffers;
        AssertRefused(new RunHooks { TileSide = 5 }, "tile: 5");
        AssertRefused(new RunHooks { Preview = (_, _) => { }, PreviewEvery = 0 }, "preview every: 0");
        Assert.That(OpenDevices.LiveBuffers, Is.EqualTo(before));

        void AssertRefused(RunHooks hooks, string message) => Assert.That(
            () => new SuperResolver(SmallRuns.Paper).Run(image, hooks),
            Throws.TypeOf<SettingsException>().With.Message.Contains(message));
    }

    [Test]
    public void Later_passes_learn_from_the_results_of_earlier_ones()
    {
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        var sources = new List<int>();
        using SuperResolutionResult result =
            new SuperResolver(SmallRuns.Passes).Run(image, new RunHooks { Pair = pair => sources.Add(pair.Origin.Source) });

        int[][] passes = [.. sources.Chunk(8)];
        Assert.That(passes.Select(pass => pass.Max()), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(result.Output.Shape, Is.EqualTo(Shape.Create([1, 20, 26, 3])));
        Assert.That(result.Stages.Select(stage => stage.Stage.FromInput), Is.All.EqualTo(new Scale(2)));
    }

    [Test]
    public void Previews_and_pairs_are_shown_at_their_times()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        ZssrSettings settings = Recipes["paper"] with { Training = Recipes["paper"].Training with { Iterations = 25 } };
        var previews = new List<int>();
        int pairs = 0;
        var hooks = new RunHooks
        {
            PreviewEvery = 8,
            Preview = (progress, preview) =>
            {
                previews.Add(progress.Done);
                Assert.That(preview.Shape, Is.EqualTo(Shape.Create([1, 16, 18, 3])));
                Assert.That(preview.ToArray(), Is.All.InRange(0f, 1f));
            },
            Pair = _ => pairs++,
        };
        using SuperResolutionResult result = new SuperResolver(settings).Run(image, hooks);

        Assert.That(previews, Is.EqualTo(new[] { 8, 16, 24 }));
        Assert.That(pairs, Is.EqualTo(25));
        Assert.That(result.Stages.Single().History.Losses, Has.Count.EqualTo(25));
    }

    private static void AssertIsEnlarged(SuperResolver resolver, Tensor image, Shape shape, string what)
    {
        int before = OpenDevices.LiveBuffers;
        using (Tensor large = resolver.Upscale(image))
        {
            Assert.That(large.Shape, Is.EqualTo(shape), what);
            Assert.That(large.ToArray().All(pixel => pixel is >= 0 and <= 1), Is.True, what);
        }

        Assert.That(OpenDevices.LiveBuffers, Is.EqualTo(before), what);
    }

    private static float[] Upscaled(ZssrSettings settings, Tensor image)
    {
        using Tensor large = new SuperResolver(settings).Upscale(image);
        return large.ToArray();
    }

    private static Scale[] Parse(string scales) => [.. scales.Split(' ').Select(scale =>
    {
        double[] sides = [.. scale.Split('x').Select(side => double.Parse(side, System.Globalization.CultureInfo.InvariantCulture))];
        return new Scale(sides[0], sides[^1]);
    })];
}

using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>Whole runs with a network that sees the small image.</summary>
[TestFixture]
public sealed class SubPixelRunTests
{
    private static ZssrSettings Small => SmallRuns.Passes with { Network = SmallRuns.Passes.Network with { Form = NetworkForm.SubPixel } };

    [TestCase(2, 2, 26, 20)]
    [TestCase(3, 3, 39, 30)]
    [TestCase(2, 3, 26, 30)]
    [TestCase(1.5, 1.5, 20, 15)]
    [TestCase(1, 2.5, 13, 25)]
    public void Any_scale_is_reached(double vertical, double horizontal, int height, int width)
    {
        using Tensor image = PlainImages.Drawing(13, 10).On(SmallRuns.Cpu);
        using Tensor result = new SuperResolver(Small with { Scales = [new Scale(vertical, horizontal)] }).Upscale(image);
        Assert.That(result.Shape, Is.EqualTo(Shape.Create([1, height, width, 3])));
        Assert.That(result.ToArray(), Is.All.InRange(0, 1));
    }

    [Test]
    public void One_network_serves_a_list_of_scales_jumps_and_gradual_steps()
    {
        Assert.That((Small with { Scales = [new(1.5), new(2, 3)] }).NetworkEnlargement, Is.EqualTo(new WholeScale(2, 3)));
        Assert.That((Small with { Scales = [new(4)], LargestJump = 2 }).NetworkEnlargement, Is.EqualTo(new WholeScale(2, 2)));
        Assert.That((Small with { Scales = [new(8)], LargestJump = 2 }).NetworkEnlargement, Is.EqualTo(new WholeScale(2, 2)));
        Assert.That((Small with { Scales = [new(3)], LargestJump = 2 }).NetworkEnlargement, Is.EqualTo(new WholeScale(2, 2)));
        Assert.That((Small with { Scales = [new(2)], Gradual = true }).NetworkEnlargement, Is.EqualTo(new WholeScale(2, 2)));
        Assert.That((Small with { Scales = [new(1, 1.1)] }).NetworkEnlargement, Is.EqualTo(new WholeScale(1, 2)));
        Assert.That(SmallRuns.Paper.NetworkEnlargement, Is.EqualTo(WholeScale.One));

        using Tensor image = PlainImages.Drawing(12, 9).On(SmallRuns.Cpu);
        ZssrSettings steps = Small with { Passes = 1, Gradual = true, Scales = [new(2), new(1, 1.5)] };
        using Tensor gradual = new SuperResolver(steps).Upscale(image);
        Assert.That(gradual.Shape, Is.EqualTo(Shape.Create([1, 24, 27, 3])));
    }

    [Test]
    public void An_untrained_network_that_adds_nothing_gives_imresize_also_by_scales_that_are_not_whole()
    {
        ZssrSettings settings = Small with
        {
            Passes = 1,
            Network = Small.Network with { WeightGain = 1e-6 },
            Training = Small.Training with { Iterations = 0 },
            Inference = new InferenceSettings { BackProjections = 0 },
            Scales = [new(1.5)],
        };
        using Tensor image = PlainImages.Of(24, 24, 1, (i, j, _) => 0.5 + (0.3 * Math.Sin(i * 0.4) * Math.Cos(j * 0.3))).On(SmallRuns.Cpu);

        using Tensor result = new SuperResolver(settings).Upscale(image);

        // Twice as large and shrunk to 1.5 is not the same numbers as 1.5 at once, but for a smooth image almost.
        result.Plain().AssertEquals(image.Plain().ImResized(1.5, 1.5, 36, 36), 0.01);
    }

    [Test]
    public void The_lists_pairs_serve_too()
    {
        ZssrSettings settings = Small with
        {
            Passes = 1,
            Pairs = Small.Pairs with { Recipe = PairRecipe.FixedList, CropSize = 9, Levels = 1 },
            Scales = [new(3)],
        };
        using Tensor image = PlainImages.Drawing(20, 17).On(SmallRuns.Cpu);
        var sons = new List<Shape>();
        using SuperResolutionResult result =
            new SuperResolver(settings).Run(image, new RunHooks { Pair = pair => sons.Add(pair.Son.Shape) });

        Assert.That(sons, Is.Not.Empty.And.All.Matches<Shape>(shape => shape[1] == 3 && shape[2] == 3));
    }

    [Test]
    public void A_run_that_collapses_begins_anew_with_a_network_of_the_same_form()
    {
        // A rate with which every ReLU goes off: three times a network with other weights takes its place.
        ZssrSettings settings = Small with
        {
            Passes = 1,
            Training = Small.Training with { Iterations = 40, LearningRate = 10, RatePolicy = RatePolicyKind.Constant },
        };
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        Assert.That(
            () => new SuperResolver(settings).Run(image), Throws.TypeOf<TrainingCollapsedException>().With.Message.Contains("8 times"));
    }

    [Test]
    public void What_the_form_cannot_do_is_told_before_anything_is_done()
    {
        using Tensor image = PlainImages.Drawing(12, 12).On(SmallRuns.Cpu), low = PlainImages.Drawing(5, 12).On(SmallRuns.Cpu);
        BlurKernel kernel = BlurKernel.FromText("0.2 0.6 0.2");
        Assert.That(
            () => new SuperResolver(Small with { Rescaling = RescalingKind.Interpolate }).Upscale(image),
            Throws.TypeOf<SettingsException>().With.Message.Contains("sub-pixel").And.Message.Contains("Imresize"));
        Assert.That(
            () => new SuperResolver(Small.ForGivenKernel() with { Scales = [new(1.5)] }, kernel).Upscale(image),
            Throws.TypeOf<SettingsException>().With.Message.Contains("1.5").And.Message.Contains("whole scale"));
        Assert.That(
            () => new SuperResolver(Small with { Scales = [new(6)] }).Upscale(low),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 5, 12, 3]").And.Message.Contains("enlarges by 6"));
        using Tensor blurred = new SuperResolver(Small.ForGivenKernel(), kernel).Upscale(image);
    }

    [Test]
    public void Where_rows_and_columns_grow_differently_no_copy_is_turned_by_a_quarter()
    {
        Assert.That(TurnedCopies.Variants(8, new WholeScale(2, 2)), Is.EqualTo(Variant.Eight));
        Assert.That(
            TurnedCopies.Variants(8, new WholeScale(2, 3)).Select(variant => variant.ToString()),
            Is.EqualTo(new[] { "0°", "0° mirrored horizontally", "180°", "180° mirrored horizontally" }));
        Assert.That(TurnedCopies.Variants(12, new WholeScale(2, 3)), Has.Count.EqualTo(6));
        Assert.That(TurnedCopies.Variants(1, new WholeScale(2, 3)), Is.EqualTo(new[] { Variant.Identity }));
    }
}

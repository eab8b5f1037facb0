using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Settings;

/// <summary>The presets are the published recipes, number by number.</summary>
public sealed class PresetTests
{
    [Test]
    public void The_article_has_the_articles_numbers()
    {
        ZssrSettings article = ZssrPresets.Article;
        Assert.That(article.Scales, Is.EqualTo(new[] { new Scale(2) }));
        Assert.That((article.Peak, article.Rescaling, article.Gradual), Is.EqualTo((255.0, RescalingKind.Interpolate, false)));
        Assert.That(article.TrainsEachScale, Is.False);
        AssertNetwork(article, NetworkForm.BlockResiduals);
        PairSettings pairs = article.Pairs;
        Assert.That((pairs.Recipe, pairs.CropSize, pairs.Levels, pairs.LevelWeight), Is.EqualTo((PairRecipe.FixedList, 128, 3, 0.5)));
        Assert.That(pairs.NoiseStd * article.Peak, Is.EqualTo(5).Within(1e-12));
        TrainingSettings training = article.Training;
        Assert.That((training.Iterations, training.StopBelow), Is.EqualTo((1000 * 36, 0.0)));
        Assert.That((training.Loss, training.Optimizer), Is.EqualTo((LossKind.L1, OptimizerKind.Adam)));
        Assert.That((training.LearningRate, training.RatePolicy), Is.EqualTo((1e-3, RatePolicyKind.Constant)));
        InferenceSettings inference = article.Inference;
        Assert.That((inference.Ensemble, inference.Median), Is.EqualTo((12, MedianKind.LowerMiddle)));
        Assert.That((inference.BackProjections, inference.BackProjectionStep), Is.EqualTo((3, 0.5)));
        Assert.That(inference.BackProjectCopies, Is.False);
    }

    [Test]
    public void The_paper_has_the_papers_numbers()
    {
        ZssrSettings paper = ZssrPresets.Paper;
        Assert.That(paper.Scales, Is.EqualTo(new[] { new Scale(2) }));
        Assert.That((paper.Peak, paper.Rescaling, paper.Gradual), Is.EqualTo((1.0, RescalingKind.Imresize, false)));
        AssertNetwork(paper, NetworkForm.GlobalResidual);
        Assert.That(paper.Network.WeightGain, Is.EqualTo(0.1));
        PairSettings pairs = paper.Pairs;
        Assert.That((pairs.Recipe, pairs.CropSize, pairs.NoiseStd), Is.EqualTo((PairRecipe.RandomMaps, 128, 0.0)));
        Assert.That((pairs.PlainShare, pairs.TurnedShare, pairs.SmallestScale), Is.EqualTo((0.05, 0.45, 0.5)));
        Assert.That((pairs.ScaleDifference, pairs.Shear, pairs.Rotates, pairs.Mirrors), Is.EqualTo((0.25, 0.1, true, true)));
        TrainingSettings training = paper.Training;
        Assert.That((training.Iterations, training.StopBelow), Is.EqualTo((3000, 9e-6)));
        Assert.That((training.Loss, training.Optimizer), Is.EqualTo((LossKind.L1, OptimizerKind.Adam)));
        Assert.That((training.LearningRate, training.RatePolicy), Is.EqualTo((1e-3, RatePolicyKind.SlopeTest)));
        Assert.That(
            ILearningRatePolicy.Of(training), Is.EqualTo(new SlopeTest(1e-3) { MeasureEvery = 50, TestEvery = 60, Patience = 256, Points = 5 }));
        InferenceSettings inference = paper.Inference;
        Assert.That((inference.Ensemble, inference.Median), Is.EqualTo((8, MedianKind.MeanOfMiddle)));
        Assert.That((inference.BackProjections, inference.BackProjectionStep), Is.EqualTo((10, 1.0)));
        Assert.That(inference.BackProjectCopies, Is.True);
    }

    [Test]
    public void The_gradual_paper_differs_from_the_paper_by_its_steps_only() =>
        Assert.That(ZssrPresets.PaperGradual with { Preset = "paper", Gradual = false }, Is.EqualTo(ZssrPresets.Paper));

    [Test]
    public void Real_images_have_the_papers_changes_for_them()
    {
        ZssrSettings real = ZssrPresets.Real;
        PairSettings pairs = real.Pairs;
        Assert.That((real.Inference.Ensemble, real.Inference.BackProjections), Is.EqualTo((1, 0)));
        Assert.That((pairs.NoiseStd, pairs.SmallestScale), Is.EqualTo((0.0125, 0.75)));
        Assert.That((pairs.ScaleDifference, pairs.Shear, pairs.Rotates, pairs.TurnedShare), Is.EqualTo((0.0, 0.0, false, 0.0)));
        Assert.That((real.Network, real.Training), Is.EqualTo((ZssrPresets.Paper.Network, ZssrPresets.Paper.Training)));
    }

    /// <summary>The start that is built in has weights for what the short recipes train, and none for another network.</summary>
    [Test]
    public void The_short_recipes_begin_from_weights_that_fit([Values("instant", "fast", "standard", "best")] string name, [Values(1, 3)] int channels)
    {
        ZssrSettings preset = ZssrPresets.Named(name);
        foreach (double scale in new[] { 1.5, 2, 3, 4, 8 })
            Assert.That(FirstWeights.Fit(preset with { Scales = [new Scale(scale)] }, channels), $"{scale}");
        foreach (double scale in new[] { 2, 3, 4 })
            Assert.That(FirstWeights.Fit((preset with { Scales = [new Scale(scale)] }).ForGivenKernel(), channels), $"{scale} with a kernel");

        Assert.That(preset.Start!.IsOptional);
        Assert.That(FirstWeights.Fit(preset, channels: 2), Is.False);
        Assert.That(FirstWeights.Fit(preset with { Network = preset.Network with { Width = 33 } }, channels), Is.False);
        Assert.That(FirstWeights.Fit(preset with { Network = preset.Network with { Depth = 7 } }, channels), Is.False);
        Assert.That(FirstWeights.Fit(preset with { Network = preset.Network with { KernelSize = 5 } }, channels), Is.False);
        Assert.That(FirstWeights.Fit(preset with { Network = preset.Network with { Form = NetworkForm.GlobalResidual } }, channels), Is.False);
        Assert.That(FirstWeights.Fit(preset with { Peak = 255 }, channels), Is.False);
    }

    [Test]
    public void A_kernel_of_a_scale_that_is_not_whole_takes_the_papers_form()
    {
        ZssrSettings fast = ZssrPresets.Fast with { Scales = [new Scale(2, 1.5)] };
        Assert.That(fast.ForGivenKernel().Network.Form, Is.EqualTo(NetworkForm.GlobalResidual));
        Assert.That(ZssrPresets.Fast.ForGivenKernel().Network.Form, Is.EqualTo(NetworkForm.SubPixel));
    }

    [Test]
    public void A_given_kernel_turns_variants_and_rotations_off_and_takes_two_back_projections()
    {
        ZssrSettings settings = ZssrPresets.Paper.ForGivenKernel();
        Assert.That((settings.Inference.Ensemble, settings.Inference.BackProjections), Is.EqualTo((1, 2)));
        Assert.That((settings.Pairs.TurnedShare, settings.Pairs.Rotates, settings.Pairs.Mirrors), Is.EqualTo((0.0, false, false)));
        Assert.That(settings.Pairs.PlainShare, Is.EqualTo(0.5).Within(1e-12));
        Assert.That(ZssrPresets.Real.ForGivenKernel().Inference.BackProjections, Is.Zero);
    }

    [Test]
    public void With_a_given_kernel_the_short_recipes_turn_fathers_and_copies_and_know_that_the_image_was_rounded()
    {
        foreach (ZssrSettings preset in new[] { ZssrPresets.Instant, ZssrPresets.Standard })
        {
            ZssrSettings settings = preset.ForGivenKernel();
            // A number spread evenly over a step of 1/255 deviates by 1/√12 of the step.
            Assert.That(settings.Pairs.NoiseStd, Is.EqualTo(0.28867513 / 255).Within(1e-8));
            Assert.That(settings.Inference.Discrepancy, Is.EqualTo(settings.Pairs.NoiseStd));
            Assert.That((settings.Pairs.TurnedShare, settings.Inference.Ensemble), Is.EqualTo((1.0, 8)));
            Assert.That((settings.Passes, settings.Start), Is.EqualTo((preset.Passes, preset.Start)));
        }
    }

    [Test]
    public void With_a_given_kernel_every_preset_reaches_every_scale_in_one_jump([Values(1.5, 2, 4, 8)] double scale)
    {
        foreach (ZssrSettings preset in ZssrPresets.All)
        {
            ZssrSettings settings = preset.ForGivenKernel() with { Scales = [new Scale(scale)] };
            Assert.That(
                ScaleSchedule.Of(settings).Select(stage => (stage.FromBase, stage.FromInput)).Distinct(),
                Is.EqualTo(new[] { (new Scale(scale), new Scale(scale)) }), preset.Preset);
            Assert.That(() => ScaleSchedule.RequireOneJump(settings), Throws.Nothing);
        }
    }

    [Test]
    public void Photo_is_standard_that_asks_what_the_picture_has_come_with()
    {
        Assert.That(ZssrPresets.Photo.Damage, Is.EqualTo(new DamageSettings { EstimatesNoise = true, FindsCompression = true }));
        Assert.That(ZssrPresets.Photo with { Damage = null, Preset = "standard" }, Is.EqualTo(ZssrPresets.Standard));
        foreach (ZssrSettings other in ZssrPresets.All.Where(preset => preset.Preset != "photo"))
            Assert.That(other.ToJson(), Does.Not.Contain("damage").And.Not.Contain("compression").And.Not.Contain("discrepancy"), other.Preset);
    }

    [Test]
    public void Presets_are_found_by_name_and_are_sound()
    {
        Assert.That(
            ZssrPresets.All.Select(preset => preset.Preset), Is.EqualTo(new[] { "article", "paper", "paper-gradual", "real", "instant", "fast", "standard", "best", "photo" }));
        foreach (ZssrSettings preset in ZssrPresets.All)
        {
            Assert.That(ZssrPresets.Named(preset.Preset.ToUpperInvariant()), Is.SameAs(preset));
            Assert.That(preset.Validate, Throws.Nothing);
        }

        Assert.That(() => ZssrPresets.Named("papr"), Throws.TypeOf<SettingsException>().With.Message.Contains("paper-gradual"));
    }

    private static void AssertNetwork(ZssrSettings settings, NetworkForm form)
    {
        NetworkSettings network = settings.Network;
        Assert.That((network.Form, network.Depth, network.Width, network.KernelSize), Is.EqualTo((form, 8, 64, 3)));
    }
}

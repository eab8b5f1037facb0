using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Settings;

/// <summary>Settings that no name stands for, and settings that are not there, are refused before anything runs.</summary>
public sealed class SettingsKindTests
{
    private static readonly ZssrSettings Paper = ZssrPresets.Paper;

    private static readonly (ZssrSettings Settings, string Name)[] Wrong =
    [
        (Paper with { Network = Paper.Network with { Form = (NetworkForm)99 } }, "form: 99"),
        (Paper with { Pairs = Paper.Pairs with { Recipe = (PairRecipe)99 } }, "pairs: 99"),
        (Paper with { Rescaling = (RescalingKind)(-1) }, "rescaling: -1"),
        (Paper with { Training = Paper.Training with { Loss = (LossKind)99 } }, "loss: 99"),
        (Paper with { Training = Paper.Training with { Optimizer = (OptimizerKind)99 } }, "optimizer: 99"),
        (Paper with { Training = Paper.Training with { RatePolicy = (RatePolicyKind)99 } }, "rate policy: 99"),
        (Paper with { Preset = null! }, "preset: null"),
        (Paper with { Scales = null! }, "scales: null"),
        (Paper with { Network = null! }, "network: null"),
        (Paper with { Pairs = null! }, "pairs: null"),
        (Paper with { Pairs = Paper.Pairs with { FatherScales = null! } }, "father scales: null"),
        (Paper with { Training = null! }, "training: null"),
        (Paper with { Inference = null! }, "inference: null"),
    ];

    [Test]
    public void They_are_refused_by_name([Range(0, 12)] int index)
    {
        (ZssrSettings settings, string name) = Wrong[index];
        using Tensor image = Tensor.Zeros(SmallRuns.Cpu, [1, 8, 8, 1]);

        Assert.That(settings.Validate, Throws.TypeOf<SettingsException>().With.Message.StartsWith(name));
        Assert.That(() => new SuperResolver(settings).Upscale(image), Throws.TypeOf<SettingsException>().With.Message.StartsWith(name));
    }

    [TestCase("\"loss\": 99", "loss: 99")]
    [TestCase("\"loss\": -1", "loss: -1")]
    [TestCase("\"loss\": \"l9\"", "loss")]
    [TestCase("\"optimizer\": 7", "optimizer: 7")]
    [TestCase("\"ratePolicy\": 7", "rate policy: 7")]
    [TestCase("\"loss\": null", "loss")]
    public void In_JSON_too(string training, string name) => Assert.That(
        () => ZssrSettings.FromJson("{\"training\": {" + training + "}}"),
        Throws.TypeOf<SettingsException>().With.Message.Contains(name));

    [TestCase("""{"scales": null}""")]
    [TestCase("""{"network": null}""")]
    [TestCase("""{"network": {"form": 9}}""")]
    [TestCase("""{"pairs": {"recipe": 9}}""")]
    [TestCase("""{"rescaling": 9}""")]
    [TestCase("null")]
    public void So_are_others_in_JSON(string json) => Assert.That(() => ZssrSettings.FromJson(json), Throws.TypeOf<SettingsException>());

    [Test]
    public void No_settings_at_all_are_a_null_argument()
    {
        Assert.That(() => new SuperResolver(null!), Throws.ArgumentNullException);
        Assert.That(() => ZssrSettings.FromJson(null!), Throws.ArgumentNullException);
        Assert.That(() => ScaleSchedule.Of(null!), Throws.ArgumentNullException);
        Assert.That(() => new ZssrNetwork(SmallRuns.Cpu, null!, 3, 1), Throws.ArgumentNullException);
        Assert.That(() => Rescaling.Of(null!), Throws.ArgumentNullException);
    }

    [TestCase(-0.5f)]
    [TestCase(-0.46f)]
    [TestCase(1.46f)]
    [TestCase(1.5f)]
    [TestCase(255f)]
    public void An_image_with_a_value_far_outside_0_to_1_is_refused(float value)
    {
        float[] values = new float[64];
        values[37] = value;
        using Tensor image = Tensor.From(SmallRuns.Cpu, [1, 8, 8, 1], values);

        Assert.That(
            () => new SuperResolver(SmallRuns.Paper).Upscale(image),
            Throws.ArgumentException.With.Message.Contains("values 0…1 are needed").And.Message.Contains("clamp"));
    }

    [Test]
    public void What_interpolation_leaves_outside_is_taken()
    {
        float[] values = new float[64];
        (values[3], values[4]) = (-0.445f, 1.445f);
        using Tensor image = Tensor.From(SmallRuns.Cpu, [1, 8, 8, 1], values);

        using Tensor large = new SuperResolver(SmallRuns.Small(ZssrPresets.Paper, iterations: 1)).Upscale(image);

        Assert.That(large.Shape[1], Is.EqualTo(16));
    }

    [Test]
    public void A_variant_mirrored_in_no_known_way_is_refused()
    {
        using Tensor image = Tensor.Zeros(SmallRuns.Cpu, [1, 8, 8, 1]);
        var variant = new Variant(0, (Mirroring)9);
        Assert.That(() => variant.Apply(image), Throws.InvalidOperationException.With.Message.Contains("9 is no Mirroring"));
        Assert.That(() => variant.Undo(ImageArea.Whole), Throws.InvalidOperationException);
    }
}

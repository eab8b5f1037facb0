using System.Text.Json;
using Zssr.Nn;

namespace Zssr.Tests.Nn.Placement;

/// <summary>A placement as text, as JSON, and as pixels.</summary>
public sealed class KernelPlacementTests
{
    [TestCase("centred", "centred")]
    [TestCase("First", "first")]
    [TestCase("0,0", "first")]
    [TestCase("0.5,-1.25", "0.5,-1.25")]
    public void It_reads_what_it_writes(string text, string written)
    {
        var placement = KernelPlacement.Parse(text);

        Assert.That(placement.ToString(), Is.EqualTo(written));
        Assert.That(KernelPlacement.Parse(written), Is.EqualTo(placement));
    }

    [TestCase("")]
    [TestCase("second")]
    [TestCase("0.5")]
    [TestCase("0.5,x")]
    [TestCase("1,2,3")]
    [TestCase("NaN,0")]
    public void Anything_else_is_refused_with_what_is_possible(string text) => Assert.That(
        () => KernelPlacement.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("centred, first, or a row and a column"));

    [Test]
    public void A_place_far_off_is_refused() => Assert.That(
        () => KernelPlacement.Parse("0,17"), Throws.TypeOf<SettingsException>().With.Message.Contains("17").And.Message.Contains("16"));

    [Test]
    public void It_says_how_far_pixels_lie_from_the_middle_of_their_blocks()
    {
        Assert.That(KernelPlacement.Centred.Displacement(new Scale(3, 2)), Is.EqualTo((0.0, 0.0)));
        Assert.That(KernelPlacement.First.Displacement(new Scale(3, 2)), Is.EqualTo((-1.0, -0.5)));
        Assert.That(KernelPlacement.At(2, 0.5).Displacement(new Scale(3, 2)), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public void Settings_keep_it_and_do_not_mention_it_where_there_is_none()
    {
        ZssrSettings placed = ZssrPresets.Fast with { KernelPlacement = KernelPlacement.At(0.25, 1) };

        Assert.That(ZssrSettings.FromJson(placed.ToJson()).KernelPlacement, Is.EqualTo(placed.KernelPlacement));
        Assert.That(ZssrPresets.Fast.ToJson(), Does.Not.Contain("lacement"));
        using var json = JsonDocument.Parse(placed.ToJson());
        Assert.That(json.RootElement.GetProperty("kernelPlacement").GetString(), Is.EqualTo("0.25,1"));
        Assert.That(
            () => ZssrSettings.FromJson(placed.ToJson().Replace("0.25,1", "left", StringComparison.Ordinal)),
            Throws.TypeOf<SettingsException>().With.Message.Contains("centred, first"));
    }

    [Test]
    public void Without_a_kernel_there_is_nothing_to_be_placed()
    {
        using Zssr.Tensors.Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        Assert.That(
            () => new SuperResolver(SmallRuns.Paper with { KernelPlacement = KernelPlacement.First }).Upscale(image),
            Throws.TypeOf<SettingsException>().With.Message.Contains("no kernel"));
    }
}

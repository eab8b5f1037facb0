using System.Text.Json;
using System.Text.RegularExpressions;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;
using Zssr.App.RunPages;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Nn;

namespace Zssr.Tests.App.RunPages;

/// <summary>The page of <c>zssr inspect</c> as a file: it needs nothing else, and its numbers are those of the run.</summary>
public sealed class RunPageTests
{
    private static readonly ZssrSettings[] Presets =
    [
        ZssrPresets.Paper, ZssrPresets.Article, ZssrPresets.Standard,
    ];

    [Test]
    public void The_page_asks_for_nothing_beyond_itself()
    {
        string page = RunPage.Of(SmallInspection.Of(ZssrPresets.Paper));

        Assert.That(page, Does.Not.Match(@"https?:"), "an address");
        Assert.That(page, Does.Not.Match(@"@import|<iframe|<object|<embed|fetch\(|XMLHttpRequest"));
        foreach (Match reference in Regex.Matches(page, """\s(?:src|href|srcset|action)="([^"]*)"|url\(([^)]*)\)"""))
            Assert.That(reference.Groups[1].Value + reference.Groups[2].Value, Does.StartWith("data:").Or.StartsWith("#"));
        Assert.That(page, Does.Contain("default-src 'none'"));
    }

    [Test]
    public void Every_picture_says_what_it_shows_and_every_control_has_a_label()
    {
        string page = RunPage.Of(SmallInspection.Of(ZssrPresets.Article));

        Assert.That(Regex.Count(page, """<img [^>]*alt="[^"]+["]"""), Is.EqualTo(Regex.Count(page, "<img ")));
        Assert.That(Regex.Count(page, """<button [^>]*aria-label="[^"]+["]"""), Is.EqualTo(Regex.Count(page, "<button ")));
        Assert.That(Regex.Count(page, "<label>[^<]*(?:<input |<select )"), Is.EqualTo(Regex.Count(page, "<input |<select ")));
        foreach (Match anchor in Regex.Matches(page, "href=\"#([^\"]*)\""))
            Assert.That(page, Does.Contain($"<section id=\"{anchor.Groups[1].Value}\""));
    }

    [Test]
    public void The_numbers_are_the_runs([ValueSource(nameof(Presets))] ZssrSettings preset)
    {
        InspectedRun run = SmallInspection.Of(preset);
        string page = RunPage.Of(run);

        Assert.That(page, Does.Contain($"<b id=\"last-loss\">{Html.Number(run.History.Losses[^1], 6)}</b>"));
        JsonElement data = JsonDocument.Parse(Regex.Match(page, "id=\"activation-data\">(.*?)</script>").Groups[1].Value).RootElement;
        Assert.That(
            data.GetProperty("moments").EnumerateArray().Select(moment => moment.GetInt32()),
            Is.EqualTo(run.Moments.Select(m => m.Iteration)));
        JsonElement[] layers = [.. data.GetProperty("layers").EnumerateArray()];
        for (int layer = 0; layer < 3; layer++)
        {
            Assert.That(Floats(layers[layer], "output"), Is.EqualTo(run.Activations.Moments[^1][layer].Values));
            Assert.That(Floats(layers[layer], "weight"), Is.EqualTo(NetworkSection.LayersOf(run.Moments[^1])[layer].Weight.Values));
        }

        static float[] Floats(JsonElement layer, string name)
        {
            byte[] bytes = layer.GetProperty(name).GetBytesFromBase64();
            return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i))];
        }
    }

    [Test]
    public void Looking_changes_nothing([ValueSource(nameof(Presets))] ZssrSettings preset)
    {
        InspectedRun run = SmallInspection.Of(preset);
        using Tensor image = SmallInspection.Image.ToTensor(SmallRuns.Cpu);
        using SuperResolutionResult plain = new SuperResolver(SmallInspection.Settings(preset)).Run(image);

        Assert.That(run.Output.Color, Is.EqualTo(Picture.FromTensor(plain.Output).Color));
        Assert.That(run.History.Losses, Is.EqualTo(plain.Histories[0].Losses));
    }

    [Test]
    public void A_later_training_is_looked_into_when_asked()
    {
        ZssrSettings settings = SmallInspection.Settings(ZssrPresets.Paper) with { Passes = 2, Scales = [new(1.5), new(1.5)] };
        InspectedRun run = new RunInspector(SmallRuns.Cpu, settings, kernel: null, inspected: 2).Run("drawing.png", SmallInspection.Image, null);
        using Tensor image = SmallInspection.Image.ToTensor(SmallRuns.Cpu);
        using SuperResolutionResult plain = new SuperResolver(settings).Run(image);

        Assert.That(run.History.Losses, Is.EqualTo(plain.Histories[2].Losses).And.Not.EqualTo(plain.Histories[0].Losses));
        Assert.That(run.Pairs.Select(pair => pair.Iteration), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That((run.Moments[0].Iteration, run.Moments[^1].Iteration), Is.EqualTo((0, SmallInspection.Iterations)));
        // 20 x 24, enlarged by the first scale, which stages 0 and 1 reach, and then by the second.
        Assert.That((run.Interpolated.Height, run.Interpolated.Width), Is.EqualTo((45, 54)));
        Assert.That(run.Output.Color, Is.EqualTo(Picture.FromTensor(plain.Output).Color));
        Assert.That(RunPage.Of(run), Does.Contain("This is training 3: from an earlier result by 1.5, to 2.25 times the image"));
    }

    [Test]
    public void A_given_kernel_blurs_the_sons_and_is_shown()
    {
        BlurKernel kernel = BlurKernel.FromText("0 0.2 0 0 0\n0.1 0.4 0.1 0 0\n0 0.2 0 0 0");
        ZssrSettings settings = SmallInspection.Settings(ZssrPresets.Paper).ForGivenKernel();
        InspectedRun run = new RunInspector(SmallRuns.Cpu, settings, kernel).Run("drawing.png", SmallInspection.Image, null);
        using Tensor image = SmallInspection.Image.ToTensor(SmallRuns.Cpu);
        using SuperResolutionResult plain = new SuperResolver(settings, kernel).Run(image);

        Assert.That(run.Output.Color, Is.EqualTo(Picture.FromTensor(plain.Output).Color));
        Assert.That(
            RunPage.Of(run), Does.Contain(Html.Text("The blur kernel, 3 × 5 weights")).And.Contain("blurred by the kernel"));
        // A kernel that is not symmetric would turn with the image: there is no ensemble.
        Assert.That(RunPage.Of(run), Does.Contain("the network's plain output. With").And.Not.Contain("All answers, turned back"));
    }

    [Test]
    public void The_moments_go_from_the_first_weights_to_the_last()
    {
        InspectedRun run = SmallInspection.Of(ZssrPresets.Paper);
        using var first = new ZssrNetwork(SmallRuns.Cpu, run.Settings.Network, channels: 3, run.Settings.Seed);

        Assert.That((run.Moments[0].Iteration, run.Moments[^1].Iteration), Is.EqualTo((0, SmallInspection.Iterations)));
        Assert.That(run.Moments.Select(moment => moment.Iteration), Is.Unique.And.Ordered);
        Assert.That(run.Moments[0].Parameters[0].Values, Is.EqualTo(first.Parameters[0].Value.ToArray()));
        Assert.That(run.Moments[^1].Parameters[0].Values, Is.Not.EqualTo(run.Moments[0].Parameters[0].Values));
    }

    [Test]
    public void The_deviation_is_that_of_the_members()
    {
        InspectedRun run = SmallInspection.Of(ZssrPresets.Paper);

        double[] red = [.. run.Members.Select(member => (double)member.Answer.Color[3 * 50])];
        double[] green = [.. run.Members.Select(member => (double)member.Answer.Color[(3 * 50) + 1])];
        double[] blue = [.. run.Members.Select(member => (double)member.Answer.Color[(3 * 50) + 2])];
        double expected = new[] { red, green, blue }.Average(channel =>
            Math.Sqrt(channel.Sum(x => x * x) / 8 - Math.Pow(channel.Sum() / 8, 2)));
        Assert.That(run.Members, Has.Count.EqualTo(8));
        Assert.That(EnsembleSection.Deviation(run, 50), Is.EqualTo(expected).Within(1e-7));
    }

    [Test]
    public void A_gray_image_has_a_page_too()
    {
        var gray = new Picture(20, 24, 1, [.. SmallInspection.Image.Color.Where((_, i) => i % 3 == 0)]);
        var inspector = new RunInspector(SmallRuns.Cpu, SmallInspection.Settings(ZssrPresets.Paper));
        InspectedRun run = inspector.Run("gray.png", gray, groundTruth: null);
        Assert.That(RunPage.Of(run), Does.Contain("gray.png: inside a run of zssr"));
    }

    [Test]
    public void Names_are_not_markup()
    {
        InspectedRun run = SmallInspection.Of(ZssrPresets.Paper) with { ImageName = "<b onclick='x'>.png" };
        Assert.That(RunPage.Of(run), Does.Contain("&lt;b onclick=").And.Not.Contain("<b onclick"));
    }
}

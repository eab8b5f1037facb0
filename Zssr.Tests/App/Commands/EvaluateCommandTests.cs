using System.Globalization;
using System.Text.Json;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr evaluate</c> as a user meets it.</summary>
[TestFixture]
public sealed class EvaluateCommandTests : UpscaleFixture
{
    [Test]
    public void Large_images_give_the_figures_of_downscale_upscale_and_metrics()
    {
        MakeImage("set/a.png", 33, 44); // 32 rows count
        MakeImage("cut.png", 32, 44); // the same pixels: each is a function of its row and column
        ProcessResult result = Evaluate("set", "--json", "--seeds", "3", "--weight-gain", "0.2");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.OutputLines, Has.Length.EqualTo(3));

        Zssr("downscale", "cut.png", "-o", "small.png", "-s", "2");
        ProcessResult upscaled = Upscale("small.png", "-o", "large.png", "--seed", "3", "--weight-gain", "0.2");
        Assert.That(upscaled.Exit, Is.Zero, upscaled.Error);
        Zssr("resize", "small.png", "-o", "bicubic.png", "-s", "2");
        AssertSame(result.OutputLines[0], "bicubic", null, Metrics("bicubic.png"), iterations: 0);
        AssertSame(result.OutputLines[2], "standard", 3, Metrics("large.png"), iterations: 20);
    }

    [Test]
    public void Given_small_images_are_enlarged_as_they_are()
    {
        MakeImage("set/a_HR.png", 32, 32);
        Zssr("downscale", "set/a_HR.png", "-o", "set/a_LR.png", "-s", "2", "--method", "box");
        Zssr("resize", "set/a_LR.png", "-o", "bicubic.png", "-s", "2");
        MakeImage("cut.png", 32, 32);
        ProcessResult result = Evaluate("set", "--json", "--presets", "none");
        AssertSame(result.OutputLines[0], "bicubic", null, Metrics("bicubic.png"), iterations: 0);
    }

    [Test]
    public void Every_preset_and_seed_is_a_result_and_a_table_of_them_is_written()
    {
        MakeImage("set/a.png", 32, 32);
        MakeImage("set/b.png", 32, 32, channels: 1);
        ProcessResult result = Evaluate(
            "set/", "--presets", "fast,paper", "--seeds", "1,2,1", "-o", "t.md", "--json", "--crop", "8", "--back-projection", "1");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.OutputLines, Has.Length.EqualTo(2 * (2 + 2 * 2)));
        string table = File.ReadAllText(At("t.md"));
        Assert.That(table, Does.StartWith("# Evaluation of set\n").And.Contain("seeds 1, 2,").And.Contain("--crop 8"));
        Assert.That(table, Does.Contain("| bicubic + back-projection | ").And.Contain("| 20 | 4 |"));

        ProcessResult again = Evaluate("set", "--presets", "none", "-o", "t.md");
        Refused(again, 1, "t.md exists", "--force");
        Assert.That(File.ReadAllText(At("t.md")), Is.EqualTo(table));
        ProcessResult plain = Evaluate("set", "--presets", "none", "--force", "-o", "t.md");
        Assert.That(plain.Output, Is.EqualTo("Wrote t.md.\n"));
        string printed = Evaluate("set", "--presets", "none").Output;
        Assert.That(WithoutTime(printed), Is.EqualTo(WithoutTime(File.ReadAllText(At("t.md")))));
    }

    [Test]
    public void An_image_that_fails_is_named_and_the_rest_goes_on()
    {
        MakeImage("set/a.png", 32, 32);
        File.WriteAllText(At("set/broken.png"), "not an image");
        MakeImage("set/tiny.png", 7, 32);
        ProcessResult result = Evaluate("set", "--presets", "none", "-o", "t.md");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("zssr: broken x2: ").And.Contain("zssr: tiny x2: ").And.Contain("16 x 3 pixels"));
        string table = File.ReadAllText(At("t.md"));
        Assert.That(table, Does.Contain("| bicubic | ").And.Contain("| 1 |\n").And.Contain("- broken x2: set/broken.png"));
    }

    [Test]
    public void A_training_that_diverges_fails_alone()
    {
        MakeImage("set/a.png", 32, 32);
        ProcessResult result = Evaluate(
            "set", "--presets", "article,fast", "--optimizer", "sgd", "--learning-rate", "1", "--loss", "mse", "--iterations", "200");
        Assert.That(result.Exit, Is.EqualTo(1), result.Output);
        Assert.That(result.Error, Does.Contain("a x2, article, seed 1: training diverged"));
        Assert.That(result.Output, Does.Contain("| bicubic | ").And.Contain("| fast | ").And.Contain("- a x2, article, seed 1"));
    }

    [TestCase("1", "no folder", "none")]
    [TestCase("2", "takes whole numbers from 2 to 8", "set", "--scale", "1.5")]
    [TestCase("2", "'9'", "set", "--scale", "2,9")]
    [TestCase("2", "--seeds takes", "set", "--seeds", "1,,2")]
    [TestCase("2", "'slow'", "set", "--presets", "fast,slow")]
    [TestCase("2", "--depth", "set", "--depth", "many")]
    [TestCase("2", "name of a picture", "set", "-o", "table.png")]
    [TestCase("1", "does not exist", "set", "-o", "nowhere/table.md")]
    public void What_cannot_be_done_is_told_before_any_work(string exit, string words, params string[] args)
    {
        MakeImage("set/a.png", 32, 32);
        ProcessResult result = Zssr(["evaluate", .. args]);
        Refused(result, int.Parse(exit, CultureInfo.InvariantCulture), words);
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public void An_interrupted_evaluation_says_so_and_leaves_the_results_that_there_are(string signal)
    {
        MakeImage("set/a.png", 32, 32);
        using ZssrProcess process = Start(["evaluate", "set", "-o", "t.md", "--iterations", "1000000", .. Tiny]);
        process.WaitUntil(() => process.ErrorSoFar.Contains("back-projection: PSNR", StringComparison.Ordinal));
        process.Signal(signal);
        ProcessResult result = process.Wait();
        Assert.That(result.Exit, Is.EqualTo(signal == "TERM" ? 143 : 130), result.Error);
        Assert.That(result.Error, Does.Contain("interrupted; the table has the 2 of 3 results"));
        Assert.That(
            File.ReadAllText(At("t.md")),
            Does.Contain("Interrupted: 2 of 3 results").And.Contain("| bicubic |").And.Not.Contain("standard"));
    }

    [Test]
    public void Help_explains_the_pairs_and_lists_the_settings()
    {
        ProcessResult result = Zssr("evaluate", "--help");
        Assert.That(result.Exit, Is.Zero, result.Error);
        string[] parts = ["--presets", "--seeds", "--scale", "--json", "--output", "--iterations", "--threads", "Examples:", "_HR"];
        foreach (string part in parts)
            Assert.That(result.Output, Does.Contain(part));
        string notes = result.Output[result.Output.IndexOf("FOLDER and all", StringComparison.Ordinal)..];
        Assert.That(notes.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80));
    }

    private ProcessResult Evaluate(params string[] args) => Zssr(
        ["evaluate", .. args, .. Tiny, .. args.Contains("--iterations") ? (string[])[] : ["--iterations", "20"]]);

    private (double Psnr, double Ssim) Metrics(string image)
    {
        using JsonDocument json = JsonDocument.Parse(Zssr("metrics", image, "cut.png", "--scale", "2", "--json").Output);
        return (json.RootElement.GetProperty("psnr").GetDouble(), json.RootElement.GetProperty("ssim").GetDouble());
    }

    private static void AssertSame(string line, string method, ulong? seed, (double Psnr, double Ssim) expected, int iterations)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement result = json.RootElement;
        Assert.That((result.GetProperty("image").GetString(), result.GetProperty("method").GetString()), Is.EqualTo(("a", method)));
        Assert.That(result.GetProperty("seed").ToString(), Is.EqualTo($"{seed}"));
        Assert.That(result.GetProperty("psnr").GetDouble(), Is.EqualTo(expected.Psnr));
        Assert.That(result.GetProperty("ssim").GetDouble(), Is.EqualTo(expected.Ssim));
        Assert.That(result.GetProperty("iterations").GetInt32(), Is.EqualTo(iterations));
    }

    /// <summary>A table without its column of seconds.</summary>
    private static string WithoutTime(string table) => string.Join('\n', table.Split('\n').Select(line =>
        line.Split(" | ") is { Length: 6 } cells ? string.Join(" | ", cells.Where((_, i) => i != 3)) : line));
}

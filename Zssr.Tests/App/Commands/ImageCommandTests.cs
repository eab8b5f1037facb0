using System.Security.Cryptography;
using System.Text.Json;
using Zssr.App.Errors;
using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary><c>resize</c>, <c>downscale</c> and <c>metrics</c> as a user meets them.</summary>
[TestFixture]
public sealed class ImageCommandTests : FolderFixture
{
    private string Input => At("in.png");

    private string Output => At("out.png");

    [SetUp]
    public void MakeInput()
    {
        var random = new Random(4);
        float[] color = [.. Enumerable.Range(0, 24 * 30 * 3).Select(_ => random.Next(256) / 255f)];
        ImageFile.Write(Input, new Picture(24, 30, 3, color));
    }

    [TestCase("2", 12, 15)]
    [TestCase("1.5", 16, 20)]
    [TestCase("2x4", 12, 8)]
    [TestCase("7", 4, 5)]
    public void Downscale_shrinks_by_the_scale_and_rounds_sizes_up(string scale, int height, int width)
    {
        Succeeds("downscale", Input, "-o", Output, "-s", scale);
        Picture small = ImageFile.Read(Output);
        Assert.That((small.Height, small.Width, small.Channels), Is.EqualTo((height, width, 3)));
    }

    [Test]
    public void Every_option_of_downscale_changes_the_image()
    {
        string[][] options =
        [
            [], ["--border", "replicate"], ["--round-passes"], ["--border", "replicate", "--round-passes"], ["--method", "box"],
            ["--method", "bilinear"], ["--method", "lanczos2"], ["--method", "lanczos3"], ["--method", "interpolate"],
            ["--method", "interpolate-bilinear"], ["--noise-std", "0.01"], ["--noise-std", "0.01", "--seed", "2"],
        ];
        string[] images = [.. options.Select(Downscaled)];
        Assert.That(images, Is.Unique);
        Assert.That(Downscaled("--noise-std", "0.01"), Is.EqualTo(images[^2]), "the same seed, the same noise");
        Assert.That(Downscaled("--border", "symmetric", "--method", "bicubic"), Is.EqualTo(images[0]), "the defaults");
    }

    [Test]
    public void Noise_has_the_standard_deviation_asked_for()
    {
        ImageFile.Write(Input, new Picture(100, 100, 1, [.. Enumerable.Repeat(0.5f, 10000)]));
        Succeeds("downscale", Input, "-o", Output, "-s", "1", "--noise-std", "0.05");
        float[] color = ImageFile.Read(Output).Color;
        double mean = color.Average(), deviation = Math.Sqrt(color.Average(value => (value - mean) * (value - mean)));
        Assert.That(mean, Is.EqualTo(0.5).Within(0.003));
        Assert.That(deviation, Is.EqualTo(0.05).Within(0.002));
    }

    [Test]
    public void Scales_and_noise_may_be_fractions()
    {
        Succeeds("downscale", Input, "-o", Output, "-s", "3/2", "--noise-std", "5/255");
        Assert.That((ImageFile.Read(Output).Height, ImageFile.Read(Output).Width), Is.EqualTo((16, 20)));
    }

    [Test]
    public void A_result_of_more_pixels_than_any_image_is_refused_by_their_number() =>
        Fails("resize", Input, "-o", Output, "--size", "65535x65535").Contains("65535 x 65535 pixels", "more than 500000000");

    [Test]
    public void Resize_takes_a_scale_or_a_size()
    {
        Succeeds("resize", Input, "-o", Output, "-s", "1.5x2");
        Assert.That((ImageFile.Read(Output).Height, ImageFile.Read(Output).Width), Is.EqualTo((36, 60)));
        Succeeds("resize", Input, "-o", Output, "--size", "48x45", "--force");
        Assert.That((ImageFile.Read(Output).Height, ImageFile.Read(Output).Width), Is.EqualTo((48, 45)));
        float[] bySize = ImageFile.Read(Output).Color;
        Succeeds("resize", Input, "-o", Output, "-s", "2x1.5", "--force");
        Assert.That(ImageFile.Read(Output).Color, Is.EqualTo(bySize));
    }

    [Test]
    public void An_output_that_exists_is_replaced_only_with_force()
    {
        File.WriteAllText(Output, "mine");
        Fails("downscale", Input, "-o", Output, "-s", "2").Contains(Output, "exists already", "--force");
        Assert.That(File.ReadAllText(Output), Is.EqualTo("mine"));
        Succeeds("downscale", Input, "-o", Output, "-s", "2", "--force");
        Assert.That(ImageFile.Read(Output).Height, Is.EqualTo(12));
    }

    [Test]
    public void Failures_are_one_line()
    {
        Fails("downscale", At("none.png"), "-o", Output, "-s", "2").Contains("there is no file");
        Fails("downscale", Input, "-o", At("out.gif"), "-s", "2").Contains("out.gif", ".png");
        Fails("resize", Input, "-o", At("no/out.png"), "-s", "2").Contains("does not exist");
        Fails("metrics", Input, At("none.png")).Contains("there is no file");
    }

    [TestCase("downscale", "in", "-o", "out")]
    [TestCase("downscale", "in", "-s", "2")]
    [TestCase("downscale", "in", "-o", "out", "-s", "0.5")]
    [TestCase("downscale", "in", "-o", "out", "-s", "17")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2,2")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2", "--method", "nearest")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2", "--method", "interpolate", "--border", "symmetric")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2", "--noise-std", "NaN")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2", "--noise-std", "5")]
    [TestCase("downscale", "in", "-o", "out", "-s", "2", "--seed", "-1")]
    [TestCase("resize", "in", "-o", "out")]
    [TestCase("resize", "in", "-o", "out", "-s", "2", "--size", "2x2")]
    [TestCase("resize", "in", "-o", "out", "--size", "0x2")]
    [TestCase("resize", "in", "-o", "out", "--size", "2")]
    [TestCase("metrics", "in")]
    [TestCase("metrics", "in", "in", "--shave", "-1")]
    [TestCase("metrics", "in", "in", "--shave", "1.5")]
    [TestCase("metrics", "in", "in", "--shave", "2", "--scale", "2")]
    public void Wrong_usage_exits_with_2(params string[] args)
    {
        CommandRun run = CommandRun.Of([.. args.Select(arg => arg == "in" ? Input : arg == "out" ? Output : arg)]);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage), run.Output);
        Assert.That(run.Error, Does.Contain("--help").And.Not.Contain("System."));
        Assert.That(File.Exists(Output), Is.False);
    }

    [Test]
    public void Metrics_of_an_image_with_itself_are_perfect()
    {
        Assert.That(Succeeds("metrics", Input, Input), Does.Contain("equal").And.Contain("1.0000").And.Match("shaved +0 "));
        JsonElement json = JsonDocument.Parse(Succeeds("metrics", Input, Input, "--json", "--shave", "3")).RootElement;
        Assert.That(json.GetProperty("psnr").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.GetProperty("ssim").GetDouble(), Is.EqualTo(1).Within(1e-12));
        Assert.That(json.GetProperty("shave").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public void Metrics_shave_as_many_pixels_as_the_scale()
    {
        ImageFile.Write(Output, new Picture(24, 30, 3, [.. ImageFile.Read(Input).Color.Select((v, i) => i < 90 ? 1 - v : v * 0.9f)]));
        string byScale = Succeeds("metrics", Output, Input, "--scale", "1.5x2.5", "--json");
        Assert.That(byScale, Is.EqualTo(Succeeds("metrics", Output, Input, "--shave", "3", "--json")));
        Assert.That(byScale, Is.Not.EqualTo(Succeeds("metrics", Output, Input, "--json")));
        double psnr = JsonDocument.Parse(byScale).RootElement.GetProperty("psnr").GetDouble();
        Assert.That(Succeeds("metrics", Output, Input, "--shave", "3"), Does.Contain($"{psnr:F2} dB"));
    }

    [Test]
    public void Metrics_of_unlike_images_say_how_they_differ()
    {
        Succeeds("downscale", Input, "-o", Output, "-s", "2");
        Fails("metrics", Output, Input).Contains("12 rows, 15 columns, colour", "24 rows, 30 columns, colour", "crop");
        Fails("metrics", Output, Output, "--shave", "1").Contains("11 × 11");
    }

    /// <summary>What stands in the output. Not by halves or thirds, where some methods agree.</summary>
    private string Downscaled(params string[] options)
    {
        Succeeds(["downscale", Input, "-o", Output, "-s", "2.5", "--force", .. options]);
        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Output)));
    }

    private static string Succeeds(params string[] args)
    {
        CommandRun run = CommandRun.Of(args);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        return run.Output;
    }

    private static Failed Fails(params string[] args)
    {
        CommandRun run = CommandRun.Of(args);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure), run.Output);
        Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
        return new Failed(run.Error);
    }

    private sealed record Failed(string Error)
    {
        public void Contains(params string[] parts)
        {
            foreach (string part in parts)
                Assert.That(Error, Does.Contain(part));
        }
    }
}

using System.Text.Json;
using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>Blur kernels and where they lie, in <c>downscale</c>, <c>upscale</c> and <c>evaluate</c>.</summary>
[TestFixture]
public sealed class KernelPlacementCommandTests : UpscaleFixture
{
    [SetUp]
    public void MakeLarge()
    {
        MakeImage("large.png", 32, 40);
        File.WriteAllText(At("one.txt"), "1");
    }

    [TestCase("first", 0, 0)]
    [TestCase("1,0", 1, 0)]
    public void A_kernel_of_one_weight_picks_pixels(string placement, int row, int column)
    {
        Picture large = ImageFile.Read(At("large.png")), small = Small("--kernel", "one.txt", "--kernel-placement", placement);
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 20; j++)
                Assert.That(small.Color[(i * 20 + j) * 3], Is.EqualTo(large.Color[((2 * i + row) * 40 + 2 * j + column) * 3]));
        }
    }

    [Test]
    public void A_random_kernel_is_named_by_its_seed()
    {
        float[] one = Small("--kernel", "random:1").Color;
        Assert.That(Small("--kernel", "random:1").Color, Is.EqualTo(one));
        Assert.That(Small("--kernel", "random:2").Color, Is.Not.EqualTo(one));
        Refused(Zssr("downscale", "large.png", "-o", "x.png", "-s", "2", "--kernel", "random:x"), 2, "random:1");
    }

    [Test]
    public void Damage_as_a_JPEG_file_does_it_whatever_file_is_written()
    {
        Small("--noise", "0.02");
        byte[] noisy = Bytes("small.png");
        Small("--noise-std", "0.02");
        Assert.That(Bytes("small.png"), Is.EqualTo(noisy), "two names of one option");

        float[] damaged = Small("--jpeg-quality", "40").Color;
        Assert.That(Zssr("downscale", "large.png", "-o", "small.jpg", "-s", "2", "--quality", "40").Exit, Is.Zero);
        Assert.That(damaged, Is.EqualTo(ImageFile.Read(At("small.jpg")).Color));
        Assert.That(damaged, Is.Not.EqualTo(Small().Color));
    }

    [Test]
    public void The_ground_truth_shows_where_the_kernel_lies_and_the_run_says_so()
    {
        Small("--kernel", "gaussian:1", "--kernel-placement", "first");
        ProcessResult run = Upscale(
            "small.png", "-o", "out.png", "-p", "fast", "--kernel", "gaussian:1", "--ground-truth", "large.png", "--run-dir", "run");
        Assert.That(run.Exit, Is.Zero, run.Error);
        Assert.That(run.Error.Split("--kernel-placement first"), Has.Length.EqualTo(2), run.Error);
        Assert.That(PlacementIn("run"), Is.EqualTo("first"));

        ProcessResult told = Upscale(
            "small.png", "-o", "out2.png", "-p", "fast", "--kernel", "gaussian:1", "--ground-truth", "large.png", "--run-dir", "run2",
            "--kernel-placement", "centred");
        Assert.That(told.Error, Does.Not.Contain("ground truth shows"));
        Assert.That(PlacementIn("run2"), Is.EqualTo("centred"));

        ProcessResult export = Zssr("export", "run", "-o", "net.onnx");
        Assert.That(export.Exit, Is.Zero, export.Error);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(At("net.onnx"));
        Assert.That(session.ModelMetadata.CustomMetadataMap["kernelPlacement"], Is.EqualTo("first"));
    }

    [Test]
    public void A_placement_without_a_kernel_or_one_that_is_none_is_refused()
    {
        Small();
        Refused(Upscale("small.png", "-o", "out.png", "--kernel-placement", "first"), 2, "--kernel-placement first", "--kernel");
        Refused(Zssr("downscale", "large.png", "-o", "x.png", "-s", "2", "--kernel-placement", "first"), 2, "needs --kernel");
        Refused(
            Zssr("downscale", "large.png", "-o", "x.png", "-s", "2", "--kernel", "one.txt", "--kernel-placement", "left"), 2, "'left'", "centred");
        Refused(Upscale("small.png", "-o", "out.png", "--kernel", "one.txt", "--kernel-placement", "0,99"), 2, "99", "16");
    }

    [Test]
    public void Evaluate_makes_small_images_with_a_kernel_and_enlarges_with_one_for_each()
    {
        MakeImage("set/a.png", 32, 40);
        MakeImage("set/b.png", 28, 36);
        Directory.CreateDirectory(At("kernels"));
        File.WriteAllText(At("kernels/a.txt"), "1 2 1\n2 4 2\n1 2 1");
        File.WriteAllText(At("kernels/b.txt"), "0 1 0\n1 2 1\n0 1 0");

        string[] lines = Lines("--small-kernel", "kernels", "--kernel", "kernels", "--kernel-placement", "first");
        Assert.That(lines, Has.Length.EqualTo(4));
        Zssr("downscale", "set/b.png", "-o", "b.png", "-s", "2", "--kernel", "kernels/b.txt", "--kernel-placement", "first");
        ProcessResult upscale = Upscale(
            "b.png", "-o", "b2.png", "-p", "fast", "--kernel", "kernels/b.txt", "--kernel-placement", "first", "--ground-truth", "set/b.png",
            "--json");
        using var bicubic = JsonDocument.Parse(lines[2]);
        string psnr = bicubic.RootElement.GetProperty("psnr").GetDouble().ToString("F3", System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(bicubic.RootElement.GetProperty("image").GetString(), Is.EqualTo("b"));
        Assert.That(upscale.Output, Does.Contain($"\"bicubicPsnr\":{psnr}"), "as upscale has it");

        // Back-projection with the kernel that made the small image is better than with another.
        double Mean(string[] results) => results.Where(line => line.Contains("back-projection", StringComparison.Ordinal))
            .Average(line => JsonDocument.Parse(line).RootElement.GetProperty("psnr").GetDouble());
        Assert.That(Mean(lines), Is.GreaterThan(Mean(Lines("--small-kernel", "kernels", "--kernel-placement", "first"))));
        ProcessResult none = Zssr([
            "evaluate", "set", "-p", "fast", "--json", "--small-kernel", "kernels", "--kernel-placement", "first", .. Tiny, "--iterations", "2"]);
        Assert.That((none.Exit, none.OutputLines.Length), Is.EqualTo((0, 6)), none.Error);
        Refused(Zssr("evaluate", "set", "-p", "none", "--kernel-placement", "first"), 2, "--small-kernel");
        File.Delete(At("kernels/b.txt"));
        ProcessResult missing = Zssr("evaluate", "set", "-p", "none", "--kernel", "kernels");
        Assert.That(missing.Exit, Is.EqualTo(1));
        Assert.That(missing.Error, Does.Contain("no kernel for b").And.Contain("b.mat, .txt or .png"));
    }

    private string[] Lines(params string[] args)
    {
        ProcessResult result = Zssr(["evaluate", "set", "-p", "none", "--json", .. args]);
        Assert.That(result.Exit, Is.Zero, result.Error);
        return result.OutputLines;
    }

    private Picture Small(params string[] args)
    {
        ProcessResult result = Zssr(["downscale", "large.png", "-o", "small.png", "-s", "2", "--force", .. args]);
        Assert.That(result.Exit, Is.Zero, result.Error);
        return ImageFile.Read(At("small.png"));
    }

    private string PlacementIn(string run)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(At($"{run}/run.json")));
        return record.RootElement.GetProperty("kernelPlacement").GetString()!;
    }
}

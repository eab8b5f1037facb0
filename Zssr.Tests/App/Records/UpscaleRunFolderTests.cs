using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using Zssr.App.Images;

namespace Zssr.Tests.App.Records;

/// <summary>What a run leaves, and says.</summary>
[TestFixture]
public sealed class UpscaleRunFolderTests : UpscaleFixture
{
    private static readonly string[] Expected =
        ["checkpoint.safetensors", "comparison.png", "loss.csv", "loss.svg", "output.png", "pairs.png", "run.json"];

    [Test]
    public void A_run_leaves_its_record_curves_pairs_and_pictures()
    {
        MakeImage("a.png");
        MakeImage("truth.png", 40, 48);
        ProcessResult result = Zssr(UpscaleArgs(
            60, "a.png", "-o", "b.png", "--run-dir", "run", "--seed", "5", "--ground-truth", "truth.png", "--rate-policy", "step",
            "--learning-rate", "0.002"));
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Directory.GetFiles(At("run")).Select(Path.GetFileName).Order(), Is.EqualTo(Expected));
        Assert.That(Bytes("run/output.png"), Is.EqualTo(Bytes("b.png")));
        Assert.That(ImageFile.Read(At("run/pairs.png")).Height, Is.GreaterThan(128));
        Assert.That(ImageFile.Read(At("run/comparison.png")).Width, Is.GreaterThan(3 * 48));
        string[] csv = File.ReadAllLines(At("run/loss.csv"));
        Assert.That(csv, Has.Length.EqualTo(61), "a heading and a line for each iteration");
        Assert.That(csv[0], Does.StartWith("stage,iteration,loss,learning_rate"));
        Assert.That(csv[1], Does.StartWith("1,0,").And.Contain(",0.002,"));
        Assert.That(csv[60], Does.Match(@"^1,59,[\d.]+,2(\.0+\d)?E-05,$"));
        string svg = File.ReadAllText(At("run/loss.svg"));
        Assert.That(XDocument.Parse(svg).Root!.Name.LocalName, Is.EqualTo("svg"));
        Assert.That(svg, Does.Contain("a.png").And.Contain("seed 5").And.Contain("rate 2e-4"), "title, and mark of a rate drop");
        Assert.That(result.Output, Does.Match(@"b\.png: 48 x 40, \d+ s, PSNR [\d.]+ dB, SSIM [\d.]+ \(bicubic: [\d.]+ dB, [\d.]+\)"));
    }

    [Test]
    public void The_record_has_settings_seed_device_versions_timings_and_figures()
    {
        MakeImage("a.png");
        MakeImage("truth.png", 40, 48);
        Upscale("a.png", "-o", "b.png", "--run-dir", "run", "--seed", "5", "--ground-truth", "truth.png", "--noise-std", "5/255");
        using JsonDocument document = JsonDocument.Parse(Bytes("run/run.json"));
        JsonElement record = document.RootElement;
        Assert.That(record.GetProperty("status").GetString(), Is.EqualTo("finished"));
        Assert.That(record.GetProperty("seed").GetUInt64(), Is.EqualTo(5));
        Assert.That(record.GetProperty("device").GetProperty("name").GetString(), Is.EqualTo("cpu"));
        Assert.That(record.GetProperty("device").GetProperty("threads").GetInt32(), Is.EqualTo(1));
        Assert.That(record.GetProperty("versions").GetProperty("zssr").GetString(), Is.Not.Empty);
        Assert.That(record.GetProperty("seconds").GetProperty("total").GetDouble(), Is.GreaterThan(0));
        Assert.That(record.GetProperty("quality").GetProperty("psnr").GetDouble(), Is.InRange(5, 100));
        Assert.That(record.GetProperty("quality").GetProperty("bicubicSsim").GetDouble(), Is.InRange(-1, 1));
        JsonElement settings = record.GetProperty("settings");
        Assert.That(settings.GetProperty("network").GetProperty("width").GetInt32(), Is.EqualTo(8));
        Assert.That(settings.GetProperty("training").GetProperty("iterations").GetInt32(), Is.EqualTo(20));
        Assert.That(settings.GetProperty("pairs").GetProperty("noiseStd").GetDouble(), Is.EqualTo(5.0 / 255));
        JsonElement stage = record.GetProperty("stages").EnumerateArray().Single();
        Assert.That(stage.GetProperty("iterations").GetInt32(), Is.EqualTo(20));
        Assert.That(stage.GetProperty("finalLoss").GetDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void A_run_without_iterations_still_leaves_what_there_is()
    {
        MakeImage("a.png");
        ProcessResult result = Zssr(UpscaleArgs(0, "a.png", "-o", "b.png", "--run-dir", "run"));
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Directory.GetFiles(At("run")).Select(Path.GetFileName).Order(), Is.EqualTo(Expected.Except(["pairs.png"])));
    }

    [Test]
    public void A_run_is_replaced_with_force_only()
    {
        MakeImage("a.png");
        Upscale("a.png", "-o", "b.png", "--run-dir", "run");
        byte[] before = Bytes("run/checkpoint.safetensors");
        Refused(Upscale("a.png", "-o", "c.png", "--run-dir", "run", "--seed", "2"), 1, "a run in run exists", "--resume", "--force");
        Assert.That(Bytes("run/checkpoint.safetensors"), Is.EqualTo(before));
        Assert.That(Upscale("a.png", "-o", "c.png", "--run-dir", "run", "--seed", "2", "--force").Exit, Is.Zero);
        Assert.That(Bytes("run/checkpoint.safetensors"), Is.Not.EqualTo(before));
    }

    [TestCase("b.jpg")]
    [TestCase("b.png")]
    public void Of_a_run_that_is_replaced_nothing_stands_beside_the_record_of_one_that_fails(string earlier)
    {
        MakeImage("a.png");
        Upscale("a.png", "-o", earlier, "--run-dir", "run");
        Assert.That(Exists("run/output" + Path.GetExtension(earlier)));
        File.WriteAllText(At("run/notes.txt"), "mine");

        ProcessResult failed = Upscale("a.png", "-o", "c.png", "--run-dir", "run", "--force", "--ground-truth", "none.png");

        Assert.That(failed.Exit, Is.EqualTo(1));
        Assert.That(Directory.GetFiles(At("run")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "notes.txt", "run.json" }));
        Assert.That(File.ReadAllText(At("run/run.json")), Does.Contain("\"failed\"").And.Contain("c.png"));
    }

    [TestCase("run/output.png", "c.jpg", "run/output.png")]
    [TestCase("./link.png", "c.jpg", "run/output.png")]
    [TestCase("a.png", "run/output.png", "run/output.png")]
    [TestCase("a.png", "way/output.png", "run/output.png")]
    public void What_the_command_reads_and_writes_stays_in_a_run_folder_that_is_replaced(string input, string output, string kept)
    {
        MakeImage("a.png");
        Upscale("a.png", "-o", "b.png", "--run-dir", "run");
        byte[] before = Bytes(kept);
        File.CreateSymbolicLink(At("link.png"), "run/output.png");
        Directory.CreateSymbolicLink(At("way"), "run");

        ProcessResult failed = Upscale(input, "-o", output, "--run-dir", "run", "--force", "--ground-truth", "none.png");

        Assert.That(failed.Error, Does.Contain("none.png"));
        Assert.That(Bytes(kept), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(At("run")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "output.png", "run.json" }));
    }

    [TestCase("--ground-truth", 40, 48)]
    [TestCase("--kernel", 5, 5)]
    public void A_picture_that_an_option_names_stays_in_a_run_folder_that_is_replaced(string option, int height, int width)
    {
        MakeImage("a.png");
        Upscale("a.png", "-o", "b.png", "--run-dir", "run");
        MakeImage("run/output.png", height, width);
        byte[] before = Bytes("run/output.png");

        ProcessResult result = Upscale("a.png", "-o", "c.jpg", "--run-dir", "run", "--force", option, "run/output.png");

        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Exists("run/output.jpg"));
        Assert.That(Bytes("run/output.png"), Is.EqualTo(before));
    }

    [Test]
    public void Verbose_tells_each_epochs_loss()
    {
        MakeImage("a.png");
        ProcessResult result = Zssr(UpscaleArgs(80, "a.png", "-o", "b.png", "--verbose"));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines[0], Does.Match(@"^epoch: 1 loss: 0\.\d+$"));
        Assert.That(result.ErrorLines[1], Does.Match(@"^epoch: 2 loss: 0\.\d+$"));
    }

    [Test]
    public void Json_has_an_object_on_every_line()
    {
        MakeImage("a.png");
        MakeImage("truth.png", 40, 48);
        File.WriteAllText(At("broken.png"), "no image");
        ProcessResult result = Zssr(UpscaleArgs(
            110, "a.png", "broken.png", "-o", "out/", "--json", "--verbose", "--ground-truth", "."));
        Assert.That(result.Exit, Is.EqualTo(1));
        string[] events = [.. result.OutputLines.Select(line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("event").GetString()!;
        })];
        Assert.That(events, Does.Contain("failed"));
        Assert.That(result.Error, Does.Contain("zssr: "));
    }

    [Test]
    public void Json_tells_progress_quality_and_results()
    {
        MakeImage("a.png");
        MakeImage("truth.png", 40, 48);
        ProcessResult result = Zssr(UpscaleArgs(110, "a.png", "-o", "b.png", "--json", "--verbose", "--ground-truth", "truth.png"));
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Is.Empty);
        JsonElement[] lines = [.. result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
        string?[] events = [.. lines.Select(line => line.GetProperty("event").GetString())];
        Assert.That(events[0], Is.EqualTo("begin"));
        Assert.That(events[^1], Is.EqualTo("done"));
        JsonElement quality = lines[Array.IndexOf(events, "quality")];
        Assert.That(quality.GetProperty("done").GetInt32(), Is.EqualTo(100), "while training");
        Assert.That(quality.GetProperty("quality").GetProperty("psnr").GetDouble(), Is.GreaterThan(5));
        JsonElement progress = lines.Last(line => line.GetProperty("event").GetString() == "progress");
        Assert.That(progress.GetProperty("phase").GetString(), Is.EqualTo("enlarging"));
        Assert.That(lines[^1].GetProperty("quality").GetProperty("ssim").GetDouble(), Is.InRange(-1, 1));
    }

    [Test]
    public void Redirected_progress_is_a_plain_line_every_few_seconds()
    {
        MakeImage("a.png", 64, 64);
        using ZssrProcess process = Start(
            "upscale", "a.png", "-o", "b.png", "--device", "cpu", "--threads", "1", "--iterations", "100000", "--width", "32");
        var clock = Stopwatch.StartNew();
        Thread.Sleep(TimeSpan.FromSeconds(1)); // to begin with
        for (int lines = 1; lines <= 2; lines++)
        {
            // Time passes for a program that stands still, and costs nothing.
            process.Signal("STOP");
            Thread.Sleep(TimeSpan.FromSeconds(3));
            process.Signal("CONT");
            process.WaitUntil(() => process.ErrorSoFar.Count(letter => letter == '\n') >= lines);
        }

        process.Signal("INT");
        ProcessResult result = process.Wait();
        Assert.That(result.Exit, Is.EqualTo(130));
        Assert.That(result.ErrorLines, Has.Length.InRange(3, 1 + clock.Elapsed.TotalSeconds / 3), result.Error);
        // A slow machine has not trained by the first line.
        Assert.That(result.ErrorLines[^2], Does.Match(
            @"^a\.png: scale 2 \(1 of 4\), iteration \d+ of 100000, loss [\d.]+, rate [\d.]+, reconstruction [\d.]+ dB, .* left$"));
        Assert.That(result.Error, Does.Not.Contain('\e').And.Not.Contain('\r'));
        Assert.That(result.ErrorLines[^1], Is.EqualTo("zssr: interrupted; b.png was not written."));
    }
}

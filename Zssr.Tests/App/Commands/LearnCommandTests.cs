using System.Security.Cryptography;
using System.Text.Json;
using Zssr.Nn;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr learn</c>, and what <c>--start</c> does with its file.</summary>
public sealed class LearnCommandTests : UpscaleFixture
{
    private static readonly string[] Small =
        ["--width", "8", "--depth", "3", "--iterations", "4", "--crop", "16", "--batch", "2", "--device", "cpu", "--threads", "1"];

    [Test]
    public void Twice_the_same_command_writes_the_same_file_and_upscale_begins_from_it()
    {
        ProcessResult learned = Zssr(["learn", "-o", "a.safetensors", .. Small]);
        Assert.That(learned.Exit, Is.Zero, learned.Error);
        Assert.That(learned.Output, Does.Contain("--start a.safetensors"));
        Assert.That(Zssr(["learn", "-o", "b.safetensors", .. Small]).Exit, Is.Zero);
        Assert.That(Bytes("b.safetensors"), Is.EqualTo(Bytes("a.safetensors")));
        Assert.That(Everything, Is.EqualTo(new[] { "a.safetensors", "b.safetensors" }), "no checkpoint is left");

        MakeImage("small.png");
        ProcessResult upscaled = Upscale("small.png", "-o", "large.png", "--start", "a.safetensors", "--run-dir", "run");
        Assert.That(upscaled.Exit, Is.Zero, upscaled.Error);
        using var record = JsonDocument.Parse(File.ReadAllText(At("run/run.json")));
        JsonElement start = record.RootElement.GetProperty("settings").GetProperty("start");
        Assert.That(start.GetProperty("name").GetString(), Is.EqualTo("a.safetensors"));
        Assert.That(
            start.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Bytes("a.safetensors")))));

        MakeImage("gray.png", channels: 1);
        Assert.That(Upscale("gray.png", "-o", "large-gray.png", "--start", "a.safetensors").Exit, Is.Zero);
        Assert.That(Upscale("small.png", "-o", "none.png", "--start", "none").Exit, Is.Zero);
        Assert.That(Upscale("small.png", "-o", "plain.png").Exit, Is.Zero);
        Assert.That(Bytes("none.png"), Is.EqualTo(Bytes("plain.png")).And.Not.EqualTo(Bytes("large.png")));
    }

    [Test]
    public void What_goes_wrong_is_told_in_a_line()
    {
        MakeImage("small.png");
        Assert.That(Zssr(["learn", "-o", "a.safetensors", .. Small]).Exit, Is.Zero);
        AssertRefused(
            Zssr("upscale", "small.png", "-o", "x.png", "--start", "a.safetensors", "--device", "cpu"),
            1, "width 8, 3 layers", "--start none");
        AssertRefused(Upscale("small.png", "-o", "x.png", "--start", "missing"), 1, "missing", "none");
        AssertRefused(Upscale("small.png", "-o", "x.png", "--start", "small.png"), 1, "small.png", "safetensors");
        AssertRefused(Zssr(["learn", "-o", "a.safetensors", .. Small]), 1, "--force");
        AssertRefused(Zssr(["learn", "-o", "a.png", .. Small]), 2, ".safetensors");
        AssertRefused(Zssr(["learn", "-o", "b.safetensors", "--drawn-besides", .. Small]), 2, "--pictures");
        AssertRefused(Zssr(["learn", "-o", "b.safetensors", "--resume", .. Small]), 1, "b.safetensors.part", "--resume");
        AssertRefused(Zssr(["learn", "-o", "b.safetensors", "--pictures", "nowhere", .. Small]), 1, "nowhere");
        Directory.CreateDirectory(At("empty"));
        AssertRefused(Zssr(["learn", "-o", "b.safetensors", "--pictures", "empty", .. Small]), 1, "empty", "64 x 64");
    }

    [Test]
    public void Pictures_of_the_users_own_are_learned_from()
    {
        Directory.CreateDirectory(At("own/inner"));
        MakeImage("own/inner/a.png", 70, 80);
        MakeImage("own/gray.png", 70, 80, channels: 1);
        ProcessResult learned = Zssr(
            ["learn", "-o", "a.safetensors", "--pictures", "own", "--drawn-besides", "--kernels", "mixture", .. Small]);
        Assert.That(learned.Exit, Is.Zero, learned.Error);
        Dictionary<string, string> metadata = SafetensorsFile.Read(Bytes("a.safetensors")).Metadata;
        Assert.That((metadata["learned_from"], metadata["pictures"]), Is.EqualTo(("drawings and pictures", "1")));
    }

    [Test]
    public void An_interrupted_learning_goes_on_from_its_part()
    {
        string[] longer = [.. Small.Select(word => word == "4" ? "200" : word)];
        using (ZssrProcess process = Start(["learn", "-o", "a.safetensors", "--checkpoint-every", "0", .. longer]))
        {
            process.WaitUntil(() => Exists("a.safetensors.part"));
            process.Signal("INT");
            Assert.That(process.Wait().Exit, Is.EqualTo(130));
        }

        Assert.That(Everything, Is.EqualTo(new[] { "a.safetensors.part" }));
        ProcessResult resumed = Zssr(["learn", "-o", "a.safetensors", "--resume", .. longer]);
        Assert.That(resumed.Exit, Is.Zero, resumed.Error);
        Assert.That(Zssr(["learn", "-o", "b.safetensors", .. longer]).Exit, Is.Zero);
        Assert.That(Bytes("a.safetensors"), Is.EqualTo(Bytes("b.safetensors")));
    }

    [Test]
    public void A_drawn_picture_can_be_looked_at()
    {
        Assert.That(Zssr("sample", "--leaves", "--number", "2", "--size", "24x32", "-o", "a.png").Exit, Is.Zero);
        Assert.That(Zssr("sample", "--leaves", "--number", "3", "--size", "24x32", "-o", "b.png").Exit, Is.Zero);
        Assert.That(Bytes("a.png"), Is.Not.EqualTo(Bytes("b.png")));
        float[] drawn = LeafPicture.Draw(24, 32, seed: 1, number: 2);
        Assert.That(global::Zssr.App.Images.ImageFile.Read(At("a.png")).Color, Is.EqualTo(drawn).Within(1e-6));
    }

    private void AssertRefused(ProcessResult result, int exit, params string[] parts)
    {
        Assert.That(result.Exit, Is.EqualTo(exit), result.Error);
        Assert.That(result.ErrorLines[0], Does.StartWith("zssr: "));
        foreach (string part in parts)
            Assert.That(result.Error, Does.Contain(part));
        Assert.That(Exists("x.png"), Is.False);
    }
}

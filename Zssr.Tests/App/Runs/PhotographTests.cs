using System.Text.Json;
using Zssr.App.Images;

namespace Zssr.Tests.App.Runs;

/// <summary>What <c>zssr upscale</c> finds out about a picture that has been a JPEG file, says, and does.</summary>
public sealed class PhotographTests : UpscaleFixture
{
    private const string Suggestion = "--preset photo";

    [SetUp]
    public void Compress()
    {
        MakeImage("clean.png", 72, 80);
        ImageFile.Write(At("a.jpg"), ImageFile.Read(At("clean.png")), new WritingOptions(Quality: 40));
        ImageFile.Write(At("a.png"), ImageFile.Read(At("a.jpg")));
    }

    [Test]
    public void Without_a_preset_a_line_names_the_one_for_photographs()
    {
        ProcessResult result = Upscale("a.jpg", "-o", "b.png");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(
            result.ErrorLines, Has.One.Contains("a.jpg: it has JPEG compression of about quality 40 (by its file)").And.Contains(Suggestion));
    }

    [Test]
    public void Nothing_is_suggested_for_a_clean_picture_or_to_those_who_have_chosen()
    {
        foreach (string[] args in new[] { ["clean.png"], ["a.jpg", "--preset", "standard"], new[] { "a.jpg", "--jpeg-quality", "off" } })
            Assert.That(Upscale([.. args, "-o", "b.png", "--force"]).Error, Does.Not.Contain(Suggestion), string.Join(' ', args));
    }

    [Test]
    public void The_files_tables_are_what_sons_are_compressed_with()
    {
        ProcessResult result = Upscale("a.jpg", "-o", "b.png", "--preset", "photo", "--run-dir", "run");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("JPEG compression of about quality 40").And.Not.Contain(Suggestion));
        using JsonDocument record = JsonDocument.Parse(Bytes("run/run.json"));
        JsonElement damage = record.RootElement.GetProperty("damage"), settings = record.RootElement.GetProperty("settings");
        Assert.That(damage.GetProperty("jpegQuality").GetInt32(), Is.EqualTo(40));
        Assert.That(damage.GetProperty("jpegError").GetDouble(), Is.InRange(0.002, 0.1));
        // ITU-T T.81's 16, 11, 10 times 125 %, rounded.
        Assert.That(
            settings.GetProperty("pairs").GetProperty("compression").GetProperty("luma").GetString(), Does.StartWith("20 14 13 "));

        // The same from a PNG whose user knows the quality, and goes on where it was stopped as from settings that say all.
        Assert.That(
            Upscale("a.png", "-o", "c.png", "--preset", "photo", "--jpeg-quality", "40", "--run-dir", "run2").Exit, Is.Zero);
        Assert.That(Bytes("c.png"), Is.EqualTo(Bytes("b.png")));
        Upscale("a.png", "-o", "d.png", "--preset", "standard");
        Assert.That(Bytes("d.png"), Is.Not.EqualTo(Bytes("b.png")));
    }

    [Test]
    public void A_clean_picture_becomes_what_standard_makes_of_it()
    {
        Upscale("clean.png", "-o", "b.png", "--preset", "photo");
        Upscale("clean.png", "-o", "c.png", "--preset", "standard");
        Assert.That(Bytes("b.png"), Is.EqualTo(Bytes("c.png")));
    }

    [TestCase("auto, off or a number", "--noise", "loud")]
    [TestCase("0 to 1", "--noise", "5")]
    [TestCase("auto, off or a whole number", "--jpeg-quality", "good")]
    [TestCase("0 to 100", "--jpeg-quality", "101")]
    public void What_is_no_damage_is_refused(string words, params string[] args) =>
        Refused(Upscale(["clean.png", "-o", "b.png", .. args]), 2, words);
}

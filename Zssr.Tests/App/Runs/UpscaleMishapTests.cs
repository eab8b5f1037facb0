using System.Text.Json;

namespace Zssr.Tests.App.Runs;

/// <summary>What a user sees of a network that collapses, and of a training that diverges.</summary>
[TestFixture]
public sealed class UpscaleMishapTests : UpscaleFixture
{
    [Test]
    public void A_training_that_begins_anew_says_so_and_is_on_record()
    {
        MakeImage("a.png");
        ProcessResult result = Upscale(
            "a.png", "-o", "b.png", "--run-dir", "run", "--optimizer", "adam", "--network", "global-residual",
            "--learning-rate", "0.1", "--rate-policy", "constant", "--seed", "2");
        Assert.That(result.Exit, Is.Zero, result.Error);

        using var record = JsonDocument.Parse(Bytes("run/run.json"));
        int[] collapses = [.. record.RootElement.GetProperty("stages")[0].GetProperty("collapses").EnumerateArray().Select(at => at.GetInt32())];
        Assert.That(collapses, Is.Not.Empty);
        string[] notes = [.. result.ErrorLines.Where(line => line.Contains("collapsed", StringComparison.Ordinal))];
        Assert.That(notes, Has.Length.EqualTo(collapses.Length));
        Assert.That(notes[0], Is.EqualTo(
            $"a.png: the network collapsed after {collapses[0]} iterations: no gradient was left; training restarts at half the rate."));
    }

    [Test]
    public void A_training_that_goes_back_says_so_and_is_on_record()
    {
        MakeImage("a.png");
        ProcessResult result = Upscale(
            "a.png", "-o", "b.png", "--run-dir", "run", "--preset", "article", "--learning-rate", "0.1", "--loss", "mse",
            "--optimizer", "sgd");
        Assert.That(result.Exit, Is.Zero, result.Error);

        using var record = JsonDocument.Parse(Bytes("run/run.json"));
        JsonElement[] divergences = [.. record.RootElement.GetProperty("stages")[0].GetProperty("divergences").EnumerateArray()];
        string[] notes = [.. result.ErrorLines.Where(line => line.Contains("diverged", StringComparison.Ordinal))];
        Assert.That(divergences, Is.Not.Empty);
        Assert.That(notes, Has.Length.EqualTo(divergences.Length));
        Assert.That(notes[0], Is.EqualTo(
            "a.png: the training diverged within 10 iterations; it returns to iteration 0, at a tenth of the rate."));
        Assert.That(divergences[0].GetProperty("foundAt").GetInt32(), Is.EqualTo(10));
        Assert.That(divergences[0].GetProperty("backTo").GetInt32(), Is.Zero);
    }

    [Test]
    public void One_that_always_collapses_fails_in_one_line()
    {
        MakeImage("a.png");
        ProcessResult result = Upscale(
            "a.png", "-o", "b.png", "--optimizer", "adam", "--learning-rate", "10", "--rate-policy", "constant");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.ErrorLines[^1], Does.Contain("collapsed 8 times").And.Contain("--learning-rate"));
        Assert.That(Exists("b.png"), Is.False);
    }

    [Test]
    public void One_that_diverges_at_every_rate_ends_with_advice_instead_of_an_image()
    {
        MakeImage("a.png");
        ProcessResult result = Upscale(
            "a.png", "-o", "b.png", "--preset", "article", "--learning-rate", "10", "--loss", "mse", "--optimizer", "sgd");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.ErrorLines[^1], Does.Contain("a.png").And.Contain("diverged 4 times").And.Contain("--learning-rate"));
        Assert.That(Exists("b.png"), Is.False);
    }
}

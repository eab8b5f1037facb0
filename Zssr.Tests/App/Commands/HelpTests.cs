using System.Text.Json;

namespace Zssr.Tests.App.Commands;

/// <summary>What a stranger can find out from the program itself.</summary>
[TestFixture]
public sealed class HelpTests : UpscaleFixture
{
    [Test]
    public void Help_names_the_commands_examples_and_exit_codes()
    {
        ProcessResult result = Zssr("--help");
        Assert.That(result.Exit, Is.Zero);
        Assert.That(result.Error, Is.Empty);
        foreach (string part in new[]
        {
            "upscale", "presets", "Examples:", "zssr upscale small.png -o large.png", "Exit codes:", " 130 it", "143 it",
        })
        {
            Assert.That(result.Output, Does.Contain(part));
        }
    }

    [Test]
    public void Help_of_upscale_needs_no_input_and_lists_what_can_be_asked_for()
    {
        ProcessResult result = Zssr("upscale", "--help");
        Assert.That(result.Exit, Is.Zero, result.Error);
        foreach (string option in new[]
        {
            "--output", "--scale", "--preset", "--recursive", "--kernel", "--ground-truth", "--run-dir", "--resume", "--force", "--json",
            "--device", "--seed", "--iterations", "--checkpoint-every", "--verbose", "Examples:",
        })
        {
            Assert.That(result.Output, Does.Contain(option));
        }
    }

    [Test]
    public void Presets_stand_side_by_side_with_every_value()
    {
        ProcessResult result = Zssr("presets");
        Assert.That(result.Exit, Is.Zero);
        Assert.That(result.OutputLines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(new[] { "article", "paper", "paper-gradual", "real", "instant", "fast", "standard", "*", "best", "photo" }));
        Assert.That(Row("--iterations"), Is.EqualTo(new[] { "36000", "3000", "3000", "3000", "50", "150", "300", "300", "300" }));
        Assert.That(Row("--gradual"), Is.EqualTo(new[] { "off", "off", "on", "off", "off", "off", "off", "off", "off" }));

        string[] Row(string option) =>
            [.. result.OutputLines.Single(line => line.StartsWith(option + " ", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    [Test]
    public void Every_value_that_presets_lists_is_an_option_that_takes_the_value_shown()
    {
        MakeImage("a.png");
        ProcessResult presets = Zssr("presets");
        string[] all = [.. presets.OutputLines.Where(line => line.StartsWith("--", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[0] is not ("--passes" or "--iterations"))
            .SelectMany(row => new[] { row[0], row[^1] })];
        string[] upscale = ["upscale", "a.png", "--device", "cpu", "--threads", "1", "--passes", "1", "--iterations", "2"];
        Zssr([.. upscale, "-o", "b.png", "-p", "photo"]);
        ProcessResult result = Zssr([.. upscale, "-o", "c.png", "-p", "paper", .. all]);
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Bytes("c.png"), Is.EqualTo(Bytes("b.png")), "the values of the last preset, spelled out");
    }

    [Test]
    public void Presets_as_json_are_objects()
    {
        string[] names = [.. Zssr("presets", "--json").OutputLines.Select(line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("preset").GetString()!;
        })];
        Assert.That(names, Is.EqualTo(new[] { "article", "paper", "paper-gradual", "real", "instant", "fast", "standard", "best", "photo" }));
    }
}

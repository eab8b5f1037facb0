using Zssr.App.Errors;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary><c>--max-pixels</c> on each command that reads images.</summary>
[TestFixture]
public sealed class MaxPixelsTests : FolderFixture
{
    private string Input => At("a.png");

    [SetUp]
    public void MakeInput()
    {
        ImageFile.Write(Input, new Picture(12, 16, 1, [.. Enumerable.Range(0, 192).Select(i => i / 192f)]));
    }

    [TestCase("upscale", "in", "-o", "out.png")]
    [TestCase("resize", "in", "-o", "out.png", "-s", "2")]
    [TestCase("downscale", "in", "-o", "out.png", "-s", "2")]
    [TestCase("metrics", "in", "in")]
    [TestCase("evaluate", "folder", "-p", "none")]
    [TestCase("step", "in")]
    [TestCase("explain", "in", "--layer", "1", "--at", "0,0,0")]
    [TestCase("inspect", "in", "-o", "page")]
    [TestCase("graph", "in")]
    public void An_image_of_more_pixels_than_allowed_is_refused_by_every_command(params string[] args)
    {
        string[] command = [.. args.Select(arg => arg switch
        {
            "in" => Input,
            "out.png" or "page" => At(arg),
            "folder" => Path.GetDirectoryName(Input)!,
            _ => arg,
        })];
        CommandRun run = CommandRun.Of([.. command, "--max-pixels", "191"]);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure), run.Output);
        Assert.That(run.Error, Does.Contain($"{Input} has 16 x 12 = 192 pixels, more than the 191 that are allowed."));
        Assert.That(run.Error, Does.Contain("Allow it with --max-pixels 192."));
    }

    [Test]
    public void An_image_of_as_many_pixels_as_allowed_is_read() =>
        Assert.That(CommandRun.Of("metrics", Input, Input, "--max-pixels", "192").Exit, Is.EqualTo(ExitCodes.Success));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("500000001")]
    [TestCase("100M")]
    public void A_limit_that_is_none_is_wrong_usage_and_the_range_is_said(string limit)
    {
        CommandRun run = CommandRun.Of("metrics", Input, Input, "--max-pixels", limit);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain("from 1 to 500000000"));
    }

    [Test]
    public void An_image_larger_than_any_limit_is_refused_without_advice_that_would_not_help()
    {
        File.WriteAllBytes(Input, PngBytes.Of(50_000, 50_000, 8, PngBytes.Gray));
        CommandRun run = CommandRun.Of("metrics", Input, Input, "--max-pixels", "500000000");
        Assert.That(run.Error, Does.Contain("No image of more than 500000000 can be read.").And.Not.Contain("Allow it"));
    }
}

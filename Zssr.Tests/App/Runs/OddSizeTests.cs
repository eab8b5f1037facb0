namespace Zssr.Tests.App.Runs;

/// <summary>Images whose sides the scale does not divide come back a few pixels larger: what both have is compared, and a line says so.</summary>
[TestFixture]
public sealed class OddSizeTests : UpscaleFixture
{
    private const string Note = "the upper left 31 x 29 pixels are compared";

    [SetUp]
    public void MakePair()
    {
        MakeImage("odd.png", 29, 31);
        Assert.That(Zssr("downscale", "odd.png", "-s", "2", "-o", "small.png").Exit, Is.Zero);
    }

    [Test]
    public void The_quickstarts_own_way_to_measure_takes_odd_sizes()
    {
        ProcessResult result = Upscale("small.png", "-o", "b.png", "--ground-truth", "odd.png", "--run-dir", "run");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain(Note));
        // As if the result had been cut by hand.
        ProcessResult metrics = Zssr("metrics", "b.png", "odd.png", "--scale", "2");
        Assert.That(metrics.Exit, Is.Zero, metrics.Error);
        Assert.That(metrics.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(metrics.Error, Does.Contain(Note));
        string psnr = metrics.OutputLines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.That(result.Output + result.Error, Does.Contain($"PSNR {psnr} dB"));
    }

    [Test]
    public void A_page_takes_odd_sizes()
    {
        ProcessResult result = Zssr(
            ["inspect", "small.png", "-o", "page", "--ground-truth", "odd.png", .. Tiny, "--iterations", "10"]);
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain(Note));
    }

    [Test]
    public void Sizes_that_differ_by_the_scale_are_refused()
    {
        MakeImage("off.png", 28, 32);
        Refused(Upscale("small.png", "-o", "b.png", "--ground-truth", "off.png"), 1, "off.png is 32 x 28", "32 x 30");
        MakeImage("large.png", 30, 32);
        Refused(Zssr("metrics", "large.png", "off.png", "--scale", "2"), 1, "cannot be compared");
        Refused(Zssr("metrics", "large.png", "odd.png"), 1, "cannot be compared", "--scale");
    }
}

namespace Zssr.Tests.App.Runs;

/// <summary>Tiles, and too little memory.</summary>
[TestFixture]
public sealed class UpscaleMemoryTests : UpscaleFixture
{
    private static readonly string[] SmallCrops = ["--crop", "32"];

    [SetUp]
    public void MakeInput() => MakeImage("a.png", height: 300, width: 300);

    [Test]
    public void Tiles_do_not_change_the_picture_and_do_not_make_it_another_run()
    {
        ProcessResult whole = Upscale(["a.png", "-o", "whole.png", "--run-dir", "run", .. SmallCrops]);
        ProcessResult tiles = Upscale(["a.png", "-o", "tiles.png", "--tile", "111", "--json", .. SmallCrops]);
        ProcessResult again = Upscale(["a.png", "-o", "whole.png", "--run-dir", "run", "--tile", "99", "--resume", .. SmallCrops]);

        Assert.That((whole.Exit, tiles.Exit, again.Exit), Is.EqualTo((0, 0, 0)), whole.Error + tiles.Error + again.Error);
        Assert.That(Bytes("tiles.png"), Is.EqualTo(Bytes("whole.png")));
        Assert.That(tiles.Output, Does.Contain("\"total\":288"), "8 copies of each of 36 tiles");
        Assert.That(again.Error, Does.Contain("exists already"));
    }

    [Test]
    public void Where_memory_runs_out_tiles_are_halved_and_a_line_says_so()
    {
        Assert.That(Upscale(["a.png", "-o", "whole.png", .. SmallCrops]).Exit, Is.Zero);

        ProcessResult result = ZssrWithin("24", UpscaleArgs(20, ["a.png", "-o", "b.png", "--tile", "600", .. SmallCrops]));

        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("a.png: cpu ran out of memory on tiles of 600 x 600 pixels; it continues with 300 x 300."));
        Assert.That(Bytes("b.png"), Is.EqualTo(Bytes("whole.png")));
    }

    [Test]
    public void Where_the_smallest_tile_does_not_fit_the_program_says_what_to_do_and_fails()
    {
        ProcessResult result = ZssrWithin("7", UpscaleArgs(20, ["a.png", "-o", "b.png", .. SmallCrops]));

        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.ErrorLines[^1], Does.Contain("a.png").And.Contain("even for tiles of 16 x 16 pixels").And.Contain("--device"));
        Assert.That(Exists("b.png"), Is.False);
    }

    [TestCase("15")]
    [TestCase("65537")]
    [TestCase("large")]
    [TestCase("-16")]
    public void A_tile_that_cannot_be_meant_is_wrong_usage(string side)
    {
        ProcessResult result = Upscale("a.png", "-o", "b.png", "--tile", side);
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain($"--tile takes a whole number from 16 to 65536; '{side}' is not one."));
    }
}

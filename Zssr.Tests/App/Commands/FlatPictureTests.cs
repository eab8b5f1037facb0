using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>A picture of one gray stays what it is, whatever kernel it is shrunk with: a kernel blurs, it does not darken.</summary>
[TestFixture]
public sealed class FlatPictureTests : UpscaleFixture
{
    private static readonly string[] Kernels = ["delta.txt", "box3.txt", "box4.txt", "corner.txt", "gaussian:0.3", "gaussian:2"];

    [SetUp]
    public void MakeInputs()
    {
        ImageFile.Write(At("flat.png"), new Picture(32, 40, 1, [.. Enumerable.Repeat(200 / 255f, 32 * 40)]));
        File.WriteAllText(At("delta.txt"), "1\n");
        File.WriteAllText(At("box3.txt"), "1 1 1\n1 1 1\n1 1 1\n");
        File.WriteAllText(At("box4.txt"), "1 1 1 1\n1 1 1 1\n1 1 1 1\n1 1 1 1\n");
        File.WriteAllText(At("corner.txt"), "1 0 0\n0 0 0\n0 0 0.5\n");
    }

    [Test]
    public void Downscale_keeps_it(
        [ValueSource(nameof(Kernels))] string kernel, [Values("1", "1.5", "2", "3", "4", "8", "2.3x7")] string scale)
    {
        ProcessResult result = Zssr("downscale", "flat.png", "-o", "small.png", "-s", scale, "--kernel", kernel);
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Levels("small.png"), Is.All.EqualTo(200));
    }

    /// <summary>The small network's own answer at the borders, after so little training, is none of the kernel's.</summary>
    [Test]
    public void Upscale_keeps_it_away_from_the_borders([ValueSource(nameof(Kernels))] string kernel)
    {
        ProcessResult result = Upscale("flat.png", "-o", "large.png", "-s", "4", "--kernel", kernel);
        Assert.That(result.Exit, Is.Zero, result.Error);
        const int Height = 4 * 32, Width = 4 * 40, Border = 40;
        double[] levels = Levels("large.png");
        Assert.That(
            levels.Where((_, i) => i / Width is >= Border and < Height - Border && i % Width is >= Border and < Width - Border),
            Is.All.InRange(199, 201));
    }

    private double[] Levels(string name) => Array.ConvertAll(ImageFile.Read(At(name)).Color, value => Math.Round(value * 255.0, 3));
}

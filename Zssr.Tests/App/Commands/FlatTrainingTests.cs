namespace Zssr.Tests.App.Commands;

/// <summary>A network that was trained on a picture of one gray, shrunk by a kernel, enlarges it to the same gray.</summary>
[TestFixture]
public sealed class FlatTrainingTests : UpscaleFixture
{
    /// <summary>The network's own answer at the borders, after so little training, has nothing to do with the kernel.</summary>
    [TestCase("delta.txt")]
    [TestCase("box4.txt")]
    [TestCase("gaussian:0.3")]
    public void Upscale_keeps_it_away_from_the_borders(string kernel)
    {
        FlatInputs.Make(At("."));
        ProcessResult result = Zssr(
            "upscale", "flat.png", "-o", "large.png", "-s", "4", "--kernel", kernel, "-p", "instant", "--device", "cpu", "--threads", "1");
        Assert.That(result.Exit, Is.Zero, result.Error);
        const int Height = 4 * FlatInputs.Height, Width = 4 * FlatInputs.Width, Border = 40;
        Assert.That(
            FlatInputs.Levels(At("large.png")).Where(
                (_, i) => i / Width is >= Border and < Height - Border && i % Width is >= Border and < Width - Border),
            Is.All.InRange(FlatInputs.Level - 1, FlatInputs.Level + 1));
    }
}

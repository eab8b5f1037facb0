namespace Zssr.Tests.App.Commands;

/// <summary>A picture of one gray stays what it is, whatever kernel it is shrunk with: a kernel blurs, it does not darken.</summary>
[TestFixture]
public sealed class FlatPictureTests : FolderFixture
{
    [SetUp]
    public void MakeInputs() => FlatInputs.Make(At("."));

    [Test]
    public void Downscale_keeps_it(
        [ValueSource(typeof(FlatInputs), nameof(FlatInputs.Kernels))] string kernel,
        [Values("1", "1.5", "2", "3", "4", "8", "2.3x7")] string scale)
    {
        string ofKernel = kernel.EndsWith(".txt", StringComparison.Ordinal) ? At(kernel) : kernel;
        CommandRun result = CommandRun.Of("downscale", At("flat.png"), "-o", At("small.png"), "-s", scale, "--kernel", ofKernel);
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(FlatInputs.Levels(At("small.png")), Is.All.EqualTo(FlatInputs.Level));
    }
}

namespace Zssr.Tests.App.Records;

/// <summary>Two programs at one run folder.</summary>
[TestFixture]
public sealed class UpscaleLockTests : UpscaleFixture
{
    [SetUp]
    public void MakeInputs()
    {
        MakeImage("in/a.png");
        MakeImage("in/b.png");
    }

    [TestCase("in", "-o", "out", "--run-dir", "runs")]
    [TestCase("in", "-o", "out", "--run-dir", "runs", "--resume")]
    [TestCase("in", "-o", "other", "--run-dir", "runs", "--force")]
    [TestCase("in/a.png", "-o", "a.png", "--run-dir", "runs/a.png", "--force")]
    public void The_second_is_refused_with_the_process_of_the_first(params string[] second)
    {
        using ZssrProcess first = Start(UpscaleArgs(100000, "in", "-o", "out", "--run-dir", "runs", "--checkpoint-every", "0"));
        first.WaitUntil(() => Exists("runs/a.png/checkpoint.safetensors"));
        Refused(Upscale(second), 1, "another run is using runs", $"process {first.Id}.", "--run-dir");
        Assert.That(Directory.GetFiles(At("."), "*.png"), Is.Empty);
        Assert.That(Directory.Exists(At("other")), Is.False);

        first.Signal("INT");
        Assert.That(first.Wait().Exit, Is.EqualTo(130), "the first was not disturbed");
        Assert.That(Everything, Has.None.EndsWith(".lock"));
    }

    [Test]
    public void The_run_of_one_image_keeps_only_that_image_from_a_run_of_the_folder()
    {
        using ZssrProcess first = Start(
            UpscaleArgs(100000, "in/a.png", "-o", "a.png", "--run-dir", "runs/a.png", "--checkpoint-every", "0"));
        first.WaitUntil(() => Exists("runs/a.png/checkpoint.safetensors"));
        ProcessResult second = Upscale("in", "-o", "out", "--run-dir", "runs", "--resume");
        Assert.That(second.Exit, Is.EqualTo(1));
        Assert.That(second.ErrorLines[0], Does.Contain($"another run is using runs/a.png, that of process {first.Id}."));
        Assert.That(Directory.GetFiles(At("out")).Select(Path.GetFileName), Is.EqualTo(new[] { "b.png" }));
    }

    [Test]
    public void The_lock_of_a_killed_program_keeps_nobody_out_and_goes()
    {
        string[] run = UpscaleArgs(100, "in/a.png", "-o", "b.png", "--run-dir", "run", "--checkpoint-every", "0", "--resume");
        using (ZssrProcess killed = Start(run))
        {
            killed.WaitUntil(() => Exists("run/checkpoint.safetensors"));
            killed.Signal("KILL");
            killed.Wait();
            Assert.That(Everything, Has.Some.Matches($@"^run/run\.{killed.Id}\.\w+\.lock$"), "it was there");
        }

        ProcessResult resumed = Zssr(run);
        Assert.That(resumed.Exit, Is.Zero, resumed.Error);
        Assert.That(resumed.ErrorLines.Where(line => !line.Contains(": iteration ")), Is.Empty, "anything but progress, which slow machines see");
        Assert.That(Everything, Has.None.EndsWith(".lock").And.None.EndsWith(".tmp"));
    }
}

namespace Zssr.Tests.App.Jobs;

/// <summary>What can be known about an output is told before training: with a training that would not end, in a second.</summary>
[TestFixture]
public sealed class PlannedFilesTests : UpscaleFixture
{
    private static readonly string[] Endless = ["--iterations", "10000000"];
    private static readonly string LongName = new('n', 252);

    [SetUp]
    public void MakeInput() => MakeImage("a.png");

    [TestCase("LONG.png", "names have at most 255")]
    [TestCase("out/LONG.png", "names have at most 255")]
    [TestCase("LONGLONG/b.png", "names have at most 255")]
    [TestCase("file/b.png", "file is a file, not a folder")]
    [TestCase("file/c/b.png", "file is a file, not a folder")]
    [TestCase("link.png", "a link to")]
    [TestCase("pipe.png", "it is a pipe")]
    [TestCase("/proc/b.png", "cannot write /proc/b.png")]
    [TestCase("b.png --run-dir file/run", "cannot make the run folder")]
    [TestCase("b.png --run-dir LONGLONG", "cannot make the run folder")]
    public void An_output_that_cannot_be_written_is_refused(string output, string words)
    {
        File.WriteAllText(At("file"), "");
        File.CreateSymbolicLink(At("link.png"), "none/b.png");
        MakePipe("pipe.png");
        string[] before = Everything;
        string[] args = output.Replace("LONG", LongName, StringComparison.Ordinal).Split(' ');
        Refused(Zssr(["upscale", "a.png", "-o", .. args, .. Tiny, .. Endless, "--force"]), 1, words);
        Assert.That(Everything, Is.EqualTo(before));
    }

    [TestCase("run.json")]
    [TestCase("checkpoint.safetensors")]
    [TestCase("loss.csv")]
    [TestCase("output.png")]
    public void A_pipe_in_the_run_folder_is_neither_waited_for_nor_replaced(string name)
    {
        Directory.CreateDirectory(At("run"));
        MakePipe(Path.Combine("run", name));
        foreach (string option in new[] { "--force", "--resume" })
        {
            ProcessResult result = Zssr(["upscale", "a.png", "-o", "b.png", "--run-dir", "run", .. Tiny, .. Endless, option]);
            // Without --force it is a file of somebody's, whatever it is.
            Refused(result, 1, $"run/{name}");
        }

        Refused(Zssr(["upscale", "a.png", "-o", "b.png", "--run-dir", "run", .. Tiny, .. Endless, "--force"]), 1, "it is a pipe");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "run", $"run/{name}" }));
    }

    [Test]
    public void A_pipe_among_many_outputs_is_found_before_the_first_is_made()
    {
        MakeImage("in/a.png");
        MakeImage("in/b.png");
        Directory.CreateDirectory(At("out"));
        MakePipe("out/b.png");
        Refused(Zssr(["upscale", "in", "-o", "out", .. Tiny, .. Endless, "--force"]), 1, "cannot write out/b.png: it is a pipe");
        Assert.That(Exists("out/a.png"), Is.False);
    }

    private void MakePipe(string name)
    {
        using ZssrProcess process = ZssrProcess.Script(At("."), ProgramHome.Path, $"mkfifo {name}");
        Assert.That(process.Wait().Exit, Is.Zero);
    }
}

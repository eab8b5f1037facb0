using System.Text.Json;

namespace Zssr.Tests.App.Runs;

/// <summary>Runs that are stopped, or killed, and go on: the result is that of a run that never stopped.</summary>
[TestFixture]
public sealed class UpscaleResumeTests : UpscaleFixture
{
    // Long enough to be stopped in the middle: each iteration ends with a checkpoint on the disk.
    private const int Iterations = 250;

    private static readonly string[] Run = UpscaleArgs(Iterations, "a.png", "-o", "b.png", "--run-dir", "run");

    private string Status
    {
        get
        {
            using JsonDocument record = JsonDocument.Parse(Bytes("run/run.json"));
            return record.RootElement.GetProperty("status").GetString()!;
        }
    }

    [SetUp]
    public void MakeInput() => MakeImage("a.png");

    [TestCase("KILL", 137, "running")]
    [TestCase("INT", 130, "interrupted")]
    [TestCase("TERM", 143, "interrupted")]
    public void A_run_stopped_in_the_middle_goes_on_to_the_same_bytes(string signal, int exit, string status)
    {
        using (ZssrProcess process = Start([.. Run, "--checkpoint-every", "0"]))
        {
            process.WaitUntil(() => Exists("run/pairs.png") && Exists("run/checkpoint.safetensors"));
            process.Signal(signal);
            ProcessResult stopped = process.Wait();
            Assert.That(stopped.Exit, Is.EqualTo(exit), stopped.Error);
            if (signal != "KILL")
                Refused(stopped, exit, "interrupted", "checkpoint is in run", "--resume");
        }

        Assert.That(Exists("b.png"), Is.False);
        Assert.That(Status, Is.EqualTo(status));
        byte[] pairs = Bytes("run/pairs.png");

        ProcessResult resumed = Zssr([.. Run, "--resume"]);
        Assert.That(resumed.Exit, Is.Zero, resumed.Error);
        Assert.That(Status, Is.EqualTo("finished"));
        using JsonDocument record = JsonDocument.Parse(Bytes("run/run.json"));
        Assert.That(record.RootElement.GetProperty("resumedAt").GetInt32(), Is.InRange(1, Iterations - 1), "in the middle");
        Assert.That(Bytes("run/pairs.png"), Is.EqualTo(pairs), "the pairs shown are the run's first");

        Zssr(UpscaleArgs(Iterations, "a.png", "-o", "whole.png", "--run-dir", "whole"));
        Assert.That(Bytes("b.png"), Is.EqualTo(Bytes("whole.png")));
        Assert.That(Bytes("run/loss.csv"), Is.EqualTo(Bytes("whole/loss.csv")));
        Assert.That(Bytes("run/checkpoint.safetensors"), Is.EqualTo(Bytes("whole/checkpoint.safetensors")));
    }

    [Test]
    public void A_gradual_run_killed_in_a_later_stage_goes_on_to_the_same_bytes_and_a_whole_record()
    {
        string[] gradual = ["a.png", "--gradual", "on", "--verbose"];
        using (ZssrProcess process = Start(
            [.. UpscaleArgs(60, [.. gradual, "-o", "b.png", "--run-dir", "run"]), "--checkpoint-every", "0"]))
        {
            process.WaitUntil(() => Exists("run/checkpoint.safetensors") && StageOfCheckpoint() >= 2);
            process.Signal("KILL");
            process.Wait();
        }

        Assert.That(Exists("b.png"), Is.False);
        Assert.That(Zssr([.. UpscaleArgs(60, [.. gradual, "-o", "b.png", "--run-dir", "run"]), "--resume"]).Exit, Is.Zero);
        Zssr(UpscaleArgs(60, [.. gradual, "-o", "whole.png", "--run-dir", "whole"]));
        Assert.That(Bytes("b.png"), Is.EqualTo(Bytes("whole.png")));
        Assert.That(Stages("run"), Is.EqualTo(Stages("whole")), "stages before the checkpoint are in the record, too");
    }

    [Test]
    public void Resuming_without_an_earlier_run_begins_one()
    {
        Assert.That(Upscale("a.png", "-o", "b.png", "--run-dir", "run", "--resume").Exit, Is.Zero);
        Assert.That(Exists("b.png"));
    }

    [Test]
    public void Resuming_a_finished_run_changes_nothing()
    {
        Upscale("a.png", "-o", "b.png", "--run-dir", "run");
        byte[] output = Bytes("b.png");
        DateTime written = File.GetLastWriteTimeUtc(At("b.png"));
        ProcessResult result = Upscale("a.png", "-o", "b.png", "--run-dir", "run", "--resume");
        Assert.That(result.Exit, Is.Zero);
        Assert.That(result.Error, Does.Contain("b.png exists already"));
        Assert.That(File.GetLastWriteTimeUtc(At("b.png")), Is.EqualTo(written));
        Assert.That(Bytes("b.png"), Is.EqualTo(output));
    }

    [TestCase("other settings", "a.png", "--seed", "2")]
    [TestCase("another image", "other.png")]
    public void The_checkpoint_of_another_run_is_refused(string message, params string[] args)
    {
        MakeImage("other.png", 21, 25);
        Upscale("a.png", "-o", "b.png", "--run-dir", "run");
        byte[] checkpoint = Bytes("run/checkpoint.safetensors");
        Refused(Upscale([.. args, "-o", "c.png", "--run-dir", "run", "--resume"]), 1, "run/checkpoint.safetensors", message);
        Assert.That(Bytes("run/checkpoint.safetensors"), Is.EqualTo(checkpoint));
        Assert.That(Exists("c.png"), Is.False);
    }

    [Test]
    public void A_damaged_checkpoint_is_named()
    {
        Directory.CreateDirectory(At("run"));
        File.WriteAllText(At("run/checkpoint.safetensors"), "damaged");
        Refused(Upscale("a.png", "-o", "b.png", "--run-dir", "run", "--resume"), 1, "cannot resume from run/checkpoint.safetensors");
    }

    [Test]
    public void Resuming_does_not_replace_an_output_of_something_else()
    {
        File.WriteAllText(At("b.png"), "precious");
        Refused(Upscale("a.png", "-o", "b.png", "--run-dir", "run", "--resume"), 1, "b.png exists", "--force");
        Assert.That(File.ReadAllText(At("b.png")), Is.EqualTo("precious"));
    }

    private int StageOfCheckpoint()
    {
        // The header is JSON after 8 bytes of length; the stage is one of its texts.
        string text = System.Text.Encoding.Latin1.GetString(Bytes("run/checkpoint.safetensors").AsSpan(0, 4000));
        int at = text.IndexOf("\"stage\":\"", StringComparison.Ordinal);
        return at < 0 ? -1 : text[at + 9] - '0';
    }

    private string Stages(string run)
    {
        using JsonDocument record = JsonDocument.Parse(Bytes($"{run}/run.json"));
        return record.RootElement.GetProperty("stages").ToString();
    }
}

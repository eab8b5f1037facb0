using System.Diagnostics;

namespace Zssr.Tests.App.Runs;

/// <summary>
/// Programs that are asked to end. The manual promises 2 seconds; how long they take here is for people to read, and only a multiple of it
/// fails.
/// </summary>
[TestFixture]
public sealed class UpscaleInterruptionTests : UpscaleFixture
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(10);

    // Of a large result, a copy takes several times as long as a program has to stop in order; training it once takes a moment.
    private static readonly string[] LongCopies =
    [
        "upscale", "small.png", "-o", "b.png", "--device", "cpu", "--threads", "1", "--iterations", "1", "--width", "64", "--depth", "16",
        "-s", "8", "--largest-jump", "8", "--passes", "1", "--network", "global-residual",
    ];

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void Enlarging_is_left_in_the_middle_of_a_copy(string signal, int exit)
    {
        MakeImage("small.png", 112, 112);
        using ZssrProcess process = Start([.. LongCopies, "--run-dir", "run", "--checkpoint-every", "0"]);
        WaitUntilItCopies(process);
        RequireEnd(process, signal, exit, "zssr: interrupted in the middle");
        Assert.That(Everything.Order(), Is.EqualTo(
            new[] { "run", "run/checkpoint.safetensors", "run/pairs.png", "run/run.json", "small.png" }));
    }

    [Test]
    public void A_closed_terminal_ends_a_training_with_a_checkpoint()
    {
        MakeImage("a.png");
        using ZssrProcess process = Start(UpscaleArgs(1000000, "a.png", "-o", "b.png", "--run-dir", "run", "--checkpoint-every", "3600"));
        process.WaitUntil(() => Exists("run/pairs.png"));
        RequireEnd(process, "HUP", 129, "zssr: interrupted");
        Assert.That(Exists("run/checkpoint.safetensors"));
    }

    [Test]
    public void A_program_that_was_told_to_stay_when_the_terminal_is_closed_stays()
    {
        MakeImage("a.png");
        using ZssrProcess process = ZssrProcess.Script(
            At("."), ProgramHome.Path, $"trap '' HUP; exec_zssr {string.Join(' ', UpscaleArgs(300, "a.png", "-o", "b.png", "--run-dir", "run"))}");
        process.WaitUntil(() => Exists("run/run.json"));
        process.Signal("HUP");
        Assert.That(process.Wait().Exit, Is.Zero);
        Assert.That(Exists("b.png"));
    }

    [Test]
    public void A_program_that_is_opening_its_device_ends()
    {
        MakeImage("a.png");
        // In a home of its own, the device's self-test has not been passed yet.
        using ZssrProcess process = new(At("."), At("home"), [.. UpscaleArgs(1000000, "a.png", "-o", "b.png", "--run-dir", "run")]);
        process.WaitUntil(() => Directory.Exists(At("run")) && Directory.GetFiles(At("run"), "*.lock").Length > 0);
        RequireEnd(process, "INT", 130, "zssr: interrupted");
        Assert.That(Exists("b.png"), Is.False);
        Assert.That(Everything, Has.None.EndsWith(".lock"));
    }

    [Test]
    public void A_second_interruption_ends_the_program_at_once()
    {
        MakeImage("small.png", 112, 112);
        using ZssrProcess process = Start([.. LongCopies, "--run-dir", "run", "--checkpoint-every", "0"]);
        WaitUntilItCopies(process);
        process.Signal("INT");
        Thread.Sleep(100);
        RequireEnd(process, "INT", 130, "");
    }

    [Test]
    public void A_training_that_had_hardly_begun_says_so_and_resumes_as_if_it_had_not()
    {
        MakeImage("large.png", 500, 500);
        string[] run = ["large.png", "-o", "b.png", "--run-dir", "run", "--crop", "496", "--width", "48", "--ensemble", "1", "--resume"];
        using (ZssrProcess process = Start(["upscale", .. run, "--device", "cpu", "--iterations", "1000"]))
        {
            process.WaitUntil(() => Exists("run/run.json"));
            RequireEnd(process, "INT", 130, "zssr: interrupted");
        }

        Assert.That(Exists("run/checkpoint.safetensors"), Is.EqualTo(Exists("run/pairs.png")), "both or none");
    }

    /// <summary>The only iteration leaves a checkpoint; the first copy comes next.</summary>
    private void WaitUntilItCopies(ZssrProcess process)
    {
        process.WaitUntil(() => Exists("run/checkpoint.safetensors"));
        Thread.Sleep(500);
    }

    private static void RequireEnd(ZssrProcess process, string signal, int exit, string words)
    {
        var clock = Stopwatch.StartNew();
        process.Signal(signal);
        ProcessResult result = process.Wait();
        TestContext.Out.WriteLine($"stopped after {clock.Elapsed.TotalSeconds:F2} s");
        Assert.That(clock.Elapsed, Is.LessThan(Generous));
        Assert.That(result.Exit, Is.EqualTo(exit), result.Error);
        Assert.That(result.Error, Does.Contain(words).And.Not.Contain("unexpected"));
        Assert.That(result.Output, Is.Empty);
    }
}

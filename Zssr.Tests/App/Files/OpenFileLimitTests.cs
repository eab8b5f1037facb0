using Zssr.App.Files;

namespace Zssr.Tests.App.Files;

/// <summary>How many files a process may have open: one line, whatever the limit is, or everything works.</summary>
[TestFixture]
public sealed class OpenFileLimitTests : UpscaleFixture
{
    // With fewer, .NET ends before any line of the program.
    [TestCase(26)]
    [TestCase(32)]
    [TestCase(40)]
    [TestCase(64)]
    [TestCase(92)]
    [TestCase(128)]
    [TestCase(255)]
    public void Too_few_are_told_in_one_line(int limit) => Refused(
        Script($"ulimit -n {limit}; exec_zssr sample -o a.png"), 1, $"only {limit} files", "needs 256", "ulimit -n 1024");

    [Test]
    public void The_smallest_limit_that_is_accepted_is_enough()
    {
        MakeImage("a.png");
        string args = string.Join(' ', UpscaleArgs(20, "a.png", "-o", "b.png", "--run-dir", "run"));
        ProcessResult result = Script($"ulimit -n {OpenFileLimit.Least}; exec_zssr {args}");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Exists("b.png"));
    }

    [Test]
    public void A_process_that_has_opened_all_it_may_is_told_so() => Assert.That(
        () => AtomicFile.Write(At("a.json"), _ => throw new IOException("Zu viele", 24)),
        Throws.TypeOf<FileException>().With.Message.Contains("as many files open as it may").And.Message.Contains("ulimit -n 1024"));
}

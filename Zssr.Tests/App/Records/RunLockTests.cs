using Zssr.App.Files;
using Zssr.App.Records;

namespace Zssr.Tests.App.Records;

[TestFixture]
public sealed class RunLockTests : FolderFixture
{
    private string Run => At("run");

    [Test]
    public void Of_two_runs_in_one_process_the_second_is_refused_until_the_first_has_ended()
    {
        using (RunLock first = RunLock.Take(Run))
        {
            var refusal = Assert.Throws<FileException>(() => RunLock.Take(Run));
            Assert.That(refusal.Message, Does.Contain($"another run is using {Run}, that of process {Environment.ProcessId}."));
        }

        Assert.DoesNotThrow(() => RunLock.Take(Run).Dispose());
    }

    [Test]
    public void Nothing_is_left_of_it_and_a_folder_made_for_it_goes_if_it_is_empty()
    {
        RunLock.Take(Run).Dispose();
        Assert.That(NamesInFolder, Is.Empty);
        using (RunLock held = RunLock.Take(Run))
            File.WriteAllText(Path.Combine(Run, "run.json"), "{}");
        Assert.That(Directory.GetFiles(Run).Select(Path.GetFileName), Is.EqualTo(new[] { "run.json" }));
    }

    [Test]
    public void A_folder_that_was_there_stays()
    {
        Directory.CreateDirectory(Run);
        RunLock.Take(Run).Dispose();
        Assert.That(Directory.Exists(Run));
    }

    [Test]
    public void A_lock_that_no_process_holds_is_removed_and_other_files_are_not()
    {
        Directory.CreateDirectory(Run);
        // The process id is one that lives: it may have been reused.
        File.WriteAllText(Path.Combine(Run, $"run.{Environment.ProcessId}.abcd1234.lock"), "");
        File.WriteAllText(Path.Combine(Run, "run.my.own.lock"), "");
        using RunLock held = RunLock.Take(Run);
        Assert.That(File.Exists(Path.Combine(Run, $"run.{Environment.ProcessId}.abcd1234.lock")), Is.False);
        Assert.That(File.Exists(Path.Combine(Run, "run.my.own.lock")));
    }

    [Test]
    public void Of_many_that_try_at_once_never_two_hold_it()
    {
        const int Threads = 6, Attempts = 8;
        int holders = 0, most = 0, taken = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                try
                {
                    using RunLock held = RunLock.Take(Run);
                    int now = Interlocked.Increment(ref holders);
                    InterlockedMax(ref most, now);
                    Interlocked.Increment(ref taken);
                    Thread.Sleep(2);
                    Interlocked.Decrement(ref holders);
                }
                catch (FileException)
                {
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(most, Is.EqualTo(1));
        Assert.That(taken, Is.GreaterThan(0));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}

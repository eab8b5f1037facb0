using System.Text;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.Tests.App.Records;

/// <summary>A <c>run.json</c> that is damaged, or somebody's own, is of no run; it stops nothing and costs nothing.</summary>
[TestFixture]
public sealed class EarlierRunTests : FolderFixture
{
    private const string Whole =
        """{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": {"path": "b.png", "height": 1}, "more": [{}]}""";

    private static readonly RunIdentity Identity = new("ab", "cd");

    [Test]
    public void A_whole_file_is_of_its_run_whatever_else_is_in_it()
    {
        EarlierRun? run = Read(Whole);
        Assert.That(run, Is.Not.Null);
        Assert.That(run.IsFinished);
        Assert.That(run.IsOf(Identity, "./b.png"));
        Assert.That(run.IsOf(Identity, "c.png"), Is.False);
        Assert.That(run.IsOf(Identity with { Input = "other" }, "b.png"), Is.False);
        Assert.That(run.IsOf(Identity with { Settings = "other" }, "b.png"), Is.False);
    }

    [Test]
    public void A_file_cut_off_anywhere_is_of_no_run() => Assert.Multiple(() =>
    {
        for (int length = 0; length < Whole.Length; length++)
            Assert.That(Read(Whole[..length]), Is.Null, Whole[..length]);
    });

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("\"finished\"")]
    [TestCase("1e999")]
    [TestCase("""{"status": 1e999}""")]
    [TestCase("""{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd"}""")]
    [TestCase("""{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": null}""")]
    [TestCase("""{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": {}}""")]
    [TestCase("""{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": {"path": ""}}""")]
    [TestCase("""{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": {"path": "b\u0000.png"}}""")]
    [TestCase("""{"status": "\ud800", "inputSha256": "ab", "settingsSha256": "cd", "output": {"path": "b.png"}}""")]
    [TestCase("NaN")]
    public void What_is_no_record_is_of_no_run(string text) => Assert.That(Read(text)?.IsOf(Identity, "b.png"), Is.Not.True);

    [Test]
    public void Values_nested_without_end_are_not_followed()
    {
        string nested = new('[', 1_000_000);
        Assert.That(Read("""{"status": """ + nested), Is.Null);
        Assert.That(Read("""{"more": """ + nested + new string(']', 1_000_000) + "}"), Is.Null);
    }

    [Test]
    public void Bytes_that_are_no_text_are_of_no_run()
    {
        byte[] bytes = new byte[4096];
        for (int seed = 0; seed < 200; seed++)
        {
            new Random(seed).NextBytes(bytes);
            File.WriteAllBytes(At("run.json"), bytes);
            Assert.That(EarlierRun.Read(At("run.json")), Is.Null);
        }
    }

    [Test]
    public void A_file_that_is_too_long_is_not_read()
    {
        using (FileStream file = File.Create(At("run.json")))
        {
            byte[] spaces = Encoding.UTF8.GetBytes(new string(' ', 1 << 20));
            while (file.Length + Whole.Length <= EarlierRun.LongestFile)
                file.Write(spaces);
            file.Write(Encoding.UTF8.GetBytes(Whole)); // which would be read, did it not come so late
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(EarlierRun.Read(At("run.json")), Is.Null);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void A_missing_file_and_a_folder_are_of_no_run()
    {
        Assert.That(EarlierRun.Read(At("run.json")), Is.Null);
        Directory.CreateDirectory(At("run.json"));
        Assert.That(EarlierRun.Read(At("run.json")), Is.Null);
    }

    private EarlierRun? Read(string text)
    {
        File.WriteAllText(At("run.json"), text);
        return EarlierRun.Read(At("run.json"));
    }
}

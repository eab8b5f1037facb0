using Zssr.App.Files;

namespace Zssr.Tests.App.Files;

[TestFixture]
public sealed class AtomicFileTests : FolderFixture
{
    [Test]
    public void A_file_is_written_and_replaced_and_nothing_else_is_left()
    {
        string path = At("a.json");
        AtomicFile.Write(path, stream => stream.Write("first, and longer"u8));
        AtomicFile.Write(path, stream => stream.Write("second"u8));
        Assert.That(File.ReadAllText(path), Is.EqualTo("second"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "a.json" }));
    }

    [Test]
    public void A_failure_in_the_middle_leaves_the_old_file_and_no_temporary_one()
    {
        string path = At("a.json");
        File.WriteAllText(path, "old");
        string[] namesMeanwhile = [];
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            namesMeanwhile = NamesInFolder;
            throw new OperationCanceledException();
        }));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "a.json" }));
        Assert.That(namesMeanwhile, Has.Length.EqualTo(2).And.Some.Matches(@"^\.zssr-........\.tmp$"), "it was written beside the old one");
    }

    [Test]
    public void An_input_or_output_error_is_told_in_one_line_that_names_the_file()
    {
        string path = At("a.json");
        var failure = Assert.Throws<FileException>(
            () => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        Assert.That(failure.Message, Does.Contain(path).And.Contain("No space left").And.Not.Contain("\n"));
        Assert.That(failure.Path, Is.EqualTo(path));
        Assert.That(NamesInFolder, Is.Empty);
    }

    [Test]
    public void What_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not()
    {
        string path = At("a.json");
        File.WriteAllText(At(".zssr-abandond.tmp"), "half");
        File.WriteAllText(At(".zssr-mine.tmp"), "somebody's own");
        AtomicFile.Write(At("other.json"), stream =>
        {
            stream.Write("half"u8);
            AtomicFile.Write(path, inner => inner.Write("whole"u8));
            stream.Write(" and half"u8);
        });
        Assert.That(NamesInFolder, Is.EquivalentTo(new[] { ".zssr-mine.tmp", "a.json", "other.json" }));
        Assert.That(File.ReadAllText(At("other.json")), Is.EqualTo("half and half"));
    }

    [Test]
    public void Asking_whether_a_file_can_be_written_leaves_nothing()
    {
        AtomicFile.CheckWritable(At("a.json"));
        Assert.That(NamesInFolder, Is.Empty);
    }

    [Test]
    public void Of_two_writers_of_one_file_the_last_wins_and_both_are_whole()
    {
        string path = At("a.json");
        AtomicFile.Write(path, stream =>
        {
            AtomicFile.Write(path, inner => inner.Write("sooner"u8));
            Assert.That(File.ReadAllText(path), Is.EqualTo("sooner"));
            stream.Write("later"u8);
        });
        Assert.That(File.ReadAllText(path), Is.EqualTo("later"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "a.json" }));
    }

    [TestCase(28, "the disk is full")]
    [TestCase(30, "read-only")]
    [TestCase(unchecked((int)0x80070070), "the disk is full")]
    [TestCase(unchecked((int)0x80070020), "another program has it open")]
    public void The_systems_reasons_are_told_in_words(int code, string words)
    {
        var failure = Assert.Throws<FileException>(
            () => AtomicFile.Write(At("a.json"), _ => throw new IOException("Fehler", code)));
        Assert.That(failure.Message, Does.Contain(words).And.Not.Contain("Fehler"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "a folder with an open file stays there")]
    public void A_folder_that_vanishes_while_its_file_is_written_is_told_without_the_temporary_files_name()
    {
        string folder = At("gone"), path = Path.Combine(folder, "a.json");
        Directory.CreateDirectory(folder);
        var failure = Assert.Throws<FileException>(() => AtomicFile.Write(path, _ => Directory.Delete(folder, recursive: true)));
        Assert.That(failure.Message, Does.Contain($"cannot write {path}: the folder does not exist any more").And.Not.Contain(".tmp"));
        Assert.That(NamesInFolder, Is.Empty);
    }

    [Test]
    public void A_read_only_file_is_not_replaced()
    {
        string path = At("a.json");
        File.WriteAllText(path, "old");
        new FileInfo(path).IsReadOnly = true;
        Assert.Throws<FileException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));
        Assert.That(() => AtomicFile.CheckWritable(path), Throws.TypeOf<FileException>().With.Message.Contains("read-only"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        new FileInfo(path).IsReadOnly = false;
    }

    [Test]
    [Platform("Linux")]
    public void A_device_is_not_replaced()
    {
        string link = At("link");
        File.CreateSymbolicLink(link, "/dev/null");
        foreach (string path in new[] { "/dev/null", "/dev/../dev/null", link })
        {
            Assert.That(() => AtomicFile.CheckWritable(path, force: true), Throws.TypeOf<FileException>().With.Message.Contains("a device"));
            Assert.That(() => AtomicFile.Write(path, _ => Assert.Fail("nothing is to be written")),
                Throws.TypeOf<FileException>().With.Message.StartsWith($"cannot write {path}: it is a device"));
        }

        Assert.That(() => File.AppendAllText("/dev/null", "as before"), Throws.Nothing);
    }

    [Test]
    public void A_missing_folder_is_named()
    {
        var failure = Assert.Throws<FileException>(
            () => AtomicFile.Write(At("no/a.json"), _ => Assert.Fail("nothing is to be written")));
        Assert.That(failure.Message, Does.Contain(At("no")).And.Contain("does not exist"));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\0b.png")]
    public void What_is_no_file_name_is_refused(string name) =>
        Assert.That(() => AtomicFile.CheckWritable(name), Throws.TypeOf<FileException>().With.Message.Contains("not a file name"));

    [Test]
    public void A_folder_is_refused() =>
        Assert.That(
            () => AtomicFile.CheckWritable(Path.GetDirectoryName(At("a"))!),
            Throws.TypeOf<FileException>().With.Message.Contains("it is a folder"));

    [Test]
    [Platform(Exclude = "Win", Reason = "symbolic links need rights there")]
    public void A_symbolic_link_stays_one()
    {
        string target = At("target.json"), link = At("link.json");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, stream => stream.Write("new"u8));
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
        Assert.That(File.ReadAllText(target), Is.EqualTo("new"));
    }
}

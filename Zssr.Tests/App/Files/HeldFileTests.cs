using Zssr.App.Files;

namespace Zssr.Tests.App.Files;

[TestFixture]
[RunsApart]
public sealed class HeldFileTests : FolderFixture
{
    private const int Writers = 6, FilesOfEach = 1500;

    /// <summary>
    /// Each handle has a lock of its own, so that threads stand for processes. One that looks while another is between making and locking
    /// has removed the other's file before this was considered: in one of some hundred files.
    /// </summary>
    [Test]
    public void Nobody_removes_a_file_that_another_is_just_making()
    {
        int lost = 0;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, _ =>
        {
            for (int i = 0; i < FilesOfEach; i++)
            {
                foreach (string found in Directory.GetFiles(At("."), "x-????????.tmp"))
                    HeldFile.RemoveIfAbandoned(found);
                using FileStream mine = HeldFile.Create(At("."), "x-", ".tmp");
                mine.WriteByte(1);
                string place = At($"{Guid.NewGuid():N}.done");
                try
                {
                    File.Move(mine.Name, place);
                    File.Delete(place);
                }
                catch (FileNotFoundException)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        });
        Assert.That(lost, Is.Zero, $"of {Writers * FilesOfEach} files");
        Assert.That(NamesInFolder, Is.Empty, "what was left in a lost race");
    }

    [Test]
    public void Many_writers_of_one_folder_write_all_their_files() => Assert.That(
        () => Parallel.For(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => AtomicFile.Write(At($"{i % 16}.json"), stream => stream.Write("whole"u8))),
        Throws.Nothing);

    [Test]
    public void An_abandoned_file_goes_and_a_held_one_stays()
    {
        File.WriteAllText(At("old"), "");
        using FileStream held = HeldFile.Create(At("."), "x-", ".tmp");
        Assert.That(HeldFile.RemoveIfAbandoned(At("old")));
        Assert.That(HeldFile.RemoveIfAbandoned(held.Name), Is.False);
        Assert.That(NamesInFolder, Is.EqualTo(new[] { Path.GetFileName(held.Name) }));
    }
}

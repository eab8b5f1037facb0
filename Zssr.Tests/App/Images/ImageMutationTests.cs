using System.Diagnostics;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Files of each kind with a few bytes changed, cut off or put twice: each is a picture, or is refused by one line.</summary>
[TestFixture]
[RunsApart]
public sealed class ImageMutationTests
{
    private const long MostPixels = 1_000_000, MostBytes = 200 << 20;
    private static readonly int Changes = Thoroughness.Of(usual: 30, thorough: 150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCaseSource(typeof(ImageData), nameof(ImageData.Names))]
    public void A_changed_file_is_a_picture_or_refused_by_one_line(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        byte[] whole = ImageData.Bytes(name);
        var random = new Random(7);
        for (int i = 0; i < Changes; i++)
        {
            byte[] changed = Change(whole, random);
            if (i % 4 != 0 && name.EndsWith(".png", StringComparison.Ordinal))
                PngBytes.RestoreChecksums(changed); // else the change would be found by them alone
            File.WriteAllBytes(path, changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                ImageFile.Read(path, MostPixels);
            }
            catch (ImageFileException failure)
            {
                Assert.That(failure.Message, Does.StartWith(path).And.Not.Contain("\n"));
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostBytes), $"change {i}");
            Assert.That(clock.Elapsed, Is.LessThan(Patience), $"change {i}");
        }
    }

    private static byte[] Change(byte[] whole, Random random)
    {
        byte[] changed = [.. whole];
        for (int count = random.Next(4); count >= 0; count--)
        {
            int at = random.Next(random.Next(3) == 0 ? changed.Length : Math.Min(changed.Length, 64)); // mostly in the headers
            changed[at] = random.Next(4) switch
            {
                0 => 0,
                1 => 255,
                2 => (byte)(changed[at] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
        }

        int from = random.Next(changed.Length), to = random.Next(from, changed.Length);
        return random.Next(8) switch { 0 => changed[..from], 1 => [.. changed[..to], .. changed[from..]], _ => changed };
    }
}

using System.Diagnostics;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Reads files that were made to cost memory or time, and sees that they cost neither.</summary>
public abstract class CheapReadingFixture : FolderFixture
{
    private const long MostBytes = 32 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected Picture Read(byte[] content)
    {
        File.WriteAllBytes(At("a"), content);
        Picture picture = null!;
        Cheaply(() => picture = ImageFile.Read(At("a")));
        return picture;
    }

    protected void Refuses(byte[] content, params string[] parts)
    {
        File.WriteAllBytes(At("a"), content);
        RefusesFile(At("a"), parts);
    }

    /// <summary>A part is a text of the message, or several with bars between, of which one must be in it.</summary>
    protected static void RefusesFile(string path, params string[] parts) => Cheaply(() =>
    {
        var failure = Assert.Throws<ImageFileException>(() => ImageFile.Read(path));
        Assert.That(failure.Message, Does.StartWith(path).And.Not.Contain("\n"));
        foreach (string part in parts)
            Assert.That(part.Split('|').Any(failure.Message.Contains), Is.True, failure.Message);
    });

    private static void Cheaply(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        action();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostBytes), "bytes of memory");
        Assert.That(clock.Elapsed, Is.LessThan(Patience));
    }
}

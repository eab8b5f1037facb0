using Zssr.App.Files;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.Tests.App.Records;

/// <summary>A checkpoint that is damaged anywhere is refused in one line, or read: it never does anything else.</summary>
[TestFixture]
public sealed class DamagedCheckpointTests : UpscaleFixture
{
    private const int Mutations = 3000;

    private byte[] _whole = null!;
    private RunIdentity _identity = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void MakeCheckpoint()
    {
        MakeImage("a.png");
        Assert.That(Upscale("a.png", "-o", "b.png", "--run-dir", "run").Exit, Is.Zero);
        _whole = Bytes("run/checkpoint.safetensors");
        using var stream = new MemoryStream(_whole);
        _identity = TrainingCheckpoint.Read(stream).Identity;
        _run = new RunFolder(At("run"));
    }

    [Test]
    public void A_checkpoint_cut_off_anywhere_is_refused()
    {
        var random = new Random(1);
        int[] lengths = [0, 1, 7, 8, 9, _whole.Length - 1, .. Enumerable.Range(0, 300).Select(_ => random.Next(_whole.Length))];
        foreach (int length in lengths)
            Assert.That(IsRefused(_whole[..length]), Is.True, $"{length} bytes");
    }

    [Test]
    public void A_header_length_that_is_not_so_is_refused_before_memory_is_taken()
    {
        foreach (ulong length in new ulong[] { 0, 1, 1UL << 20, (1UL << 20) + 1, 1UL << 31, 1UL << 62, ulong.MaxValue })
        {
            byte[] bytes = [.. BitConverter.GetBytes(length), .. _whole[8..]];
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(IsRefused(bytes), Is.True, $"{length}");
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(16 << 20), $"{length}");
        }
    }

    [Test]
    public void Damaged_bytes_are_refused_or_harmless()
    {
        var random = new Random(2);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = [.. _whole];
            for (int j = random.Next(1, 5); j > 0; j--)
                bytes[random.Next(i % 2 == 0 ? 4096 : bytes.Length)] = (byte)random.Next(256);
            if (IsRefused(bytes))
                refused++;
        }

        TestContext.Out.WriteLine($"{refused} of {Mutations} refused");
        Assert.That(refused, Is.InRange(Mutations / 4, Mutations - 1));
    }

    /// <summary>Whether it is refused as it should be. Any other exception fails the test.</summary>
    private bool IsRefused(byte[] bytes)
    {
        File.WriteAllBytes(At("run/checkpoint.safetensors"), bytes);
        try
        {
            Assert.That(_run.ReadCheckpoint(_identity), Is.Not.Null);
            return false;
        }
        catch (FileException failure)
        {
            Assert.That(failure.Message, Does.StartWith("cannot resume from ").And.Not.Contain("\n"));
            return true;
        }
    }
}

using Zssr.App.Files;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tests.Nn;

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
    public void Damaged_bytes_are_refused()
    {
        var random = new Random(2);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = [.. _whole];
            for (int j = random.Next(1, 5); j > 0; j--)
                bytes[random.Next(i % 2 == 0 ? 4096 : bytes.Length)] = (byte)random.Next(256);
            Assert.That(IsRefused(bytes), Is.EqualTo(!bytes.SequenceEqual(_whole)), $"mutation {i}");
        }
    }

    [Test]
    public void A_single_wrong_bit_is_refused_wherever_it_is()
    {
        var random = new Random(3);
        int header = 8 + (int)BitConverter.ToUInt64(_whole);
        // Every byte of the header, and every bit of some; and many bits of the elements.
        long[] bits =
        [
            .. Enumerable.Range(0, header).Select(at => 8L * at + random.Next(8)),
            .. Enumerable.Range(0, 1000).Select(_ => random.NextInt64(8L * header)),
            .. Enumerable.Range(0, 2000).Select(_ => 8L * header + random.NextInt64(8L * (_whole.Length - header))),
        ];
        foreach (long bit in bits)
        {
            _whole[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            Assert.That(
                () => SmallRuns.Read(_whole), Throws.TypeOf<SafetensorsException>().Or.TypeOf<CheckpointException>(),
                $"bit {bit % 8} of byte {bit / 8}, {(bit / 8 < header ? "in the header" : "in the elements")}");
            _whole[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        }
    }

    [Test]
    public void A_checkpoint_of_an_earlier_version_is_resumed_with_a_sentence()
    {
        Assert.That(Upscale("a.png", "-o", "c.png", "--run-dir", "other", "--seed", "5").Exit, Is.Zero);
        File.WriteAllBytes(At("other/checkpoint.safetensors"), SmallRuns.AsOlderVersion(Bytes("other/checkpoint.safetensors")));
        byte[] expected = Bytes("c.png");
        File.Delete(At("c.png"));
        File.Delete(At("other/run.json"));

        ProcessResult result = Upscale("a.png", "-o", "c.png", "--run-dir", "other", "--seed", "5", "--resume");

        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("without a checksum"));
        Assert.That(Bytes("c.png"), Is.EqualTo(expected));
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

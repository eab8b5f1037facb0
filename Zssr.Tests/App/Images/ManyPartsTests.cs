using System.Diagnostics;
using Zssr.App.Images;
using Zssr.App.Images.Metadata;

namespace Zssr.Tests.App.Images;

/// <summary>Small files of very many parts: what each costs is bounded, in memory, in time and in what is said about it.</summary>
[TestFixture]
public sealed class ManyPartsTests : FolderFixture
{
    private const long MostBytes = 48 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // what was quadratic took a minute

    [TestCase("iCCP")]
    [TestCase("eXIf")]
    [TestCase("tEXt")]
    [TestCase("zTXt")]
    [TestCase("acTL")]
    public void A_hundred_thousand_empty_parts_of_a_png_cost_little_and_one_short_line(string type)
    {
        const int Most = 99_990;
        File.WriteAllBytes(At("a.png"), Png([.. Enumerable.Repeat((type, Array.Empty<byte>()), Most)]));
        Cheaply(() =>
        {
            Picture picture = ImageFile.Read(At("a.png"));
            Assert.That((ImageFile.Write(At("b.png"), picture) ?? "").Length, Is.LessThan(400));
        });
    }

    [TestCase("tEXt")]
    [TestCase("IDAT")]
    public void A_million_empty_parts_of_a_png_are_refused(string type)
    {
        byte[] file = Png();
        int pixels = file.AsSpan().IndexOf("IDAT"u8) - 4;
        byte[] one = PngBytes.Of(1, 1, 8, PngBytes.Gray, (type, []))[33..45];
        File.WriteAllBytes(At("a.png"), [.. file[..pixels], .. Enumerable.Repeat(one, 1_000_000).SelectMany(bytes => bytes), .. file[pixels..]]);
        RefusesCheaply("a.png", "it has more than 111718 parts");
    }

    [Test]
    public void A_thousand_profiles_that_unpack_to_much_are_not_unpacked()
    {
        byte[] bomb = [.. "name\0\0"u8, .. PngBytes.Compress(new byte[1 << 19])];
        Assert.That(bomb, Has.Length.LessThan(6_000));
        File.WriteAllBytes(At("a.png"), Png([.. Enumerable.Repeat(("iCCP", bomb), 1000)]));
        Cheaply(() => Assert.That(ImageFile.Read(At("a.png")).Metadata!.Lost, Is.EqualTo(new[] { "a damaged colour profile" })));
    }

    [Test]
    public void A_text_that_unpacks_to_much_is_no_exif()
    {
        byte[] bomb = [.. "Raw profile type exif\0\0"u8, .. PngBytes.Compress(new byte[1 << 24])];
        File.WriteAllBytes(At("a.png"), Png([.. Enumerable.Repeat(("zTXt", bomb), 60)]));
        Cheaply(() => Assert.That(ImageFile.Read(At("a.png")).Metadata!.Lost, Is.EqualTo(new[] { "damaged EXIF data" })));
    }

    [TestCase(0xE0)]
    [TestCase(0xE2)]
    [TestCase(0xED)]
    [TestCase(0xFE)]
    public void A_million_empty_segments_of_a_jpeg_are_refused(byte marker)
    {
        byte[] segments = [.. Enumerable.Repeat(new byte[] { 0xFF, marker, 0, 2 }, 1_000_000).SelectMany(bytes => bytes)];
        byte[] file = ImageData.Bytes("gray.jpg");
        File.WriteAllBytes(At("a.jpg"), [.. file[..2], .. segments, .. file[2..]]);
        RefusesCheaply("a.jpg", "parts");
    }

    [Test]
    public void Thousands_of_segments_of_a_jpeg_are_one_short_line()
    {
        byte[] comment = [0xFF, 0xFE, 0, 3, 65], profile = [0xFF, 0xE2, 0, 16, .. "ICC_PROFILE\0"u8, 1, 9];
        byte[] segments = [.. Enumerable.Repeat<byte[]>([.. comment, .. profile], 4000).SelectMany(bytes => bytes)];
        byte[] file = ImageData.Bytes("gray.jpg");
        File.WriteAllBytes(At("a.jpg"), [.. file[..2], .. segments, .. file[2..]]);
        Cheaply(() => Assert.That(ImageFile.Read(At("a.jpg")).Metadata!.Lost, Has.Count.LessThanOrEqualTo(2)));
    }

    [TestCase(0x0100, Description = "the width, which is taken out of each")]
    [TestCase(0x011A, Description = "the resolution, which is scaled")]
    public void Exif_of_65535_equal_entries_costs_little(int tag)
    {
        const int Entries = 65535;
        byte[] exif = new byte[10 + 12 * Entries + 4];
        "MM\0*\0\0\0\b"u8.CopyTo(exif);
        exif.AsSpan(8, 2).Fill(0xFF);
        for (int i = 0; i < Entries; i++)
            (exif[10 + 12 * i], exif[11 + 12 * i], exif[13 + 12 * i]) = ((byte)(tag >> 8), (byte)tag, 5);
        Cheaply(() => Assert.That(ExifBlock.Adapted(exif, 2, 2), Is.Not.Null));
    }

    private static byte[] Png(params (string, byte[])[] chunks) => PngBytes.Make(1, 8, PngBytes.Gray, [[51]], chunks);

    private void RefusesCheaply(string name, string part) => Cheaply(() =>
        Assert.That(() => ImageFile.Read(At(name)), Throws.InstanceOf<ImageFileException>().With.Message.Contains(part)));

    private static void Cheaply(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        action();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostBytes), "bytes of memory");
        Assert.That(clock.Elapsed, Is.LessThan(Patience));
    }
}

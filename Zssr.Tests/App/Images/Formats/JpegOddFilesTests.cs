using Zssr.App.Images;

namespace Zssr.Tests.App.Images.Formats;

/// <summary>JPEG files that are not quite as the standard wants them, and that every viewer opens: read, with a note in the result's line.</summary>
[TestFixture]
public sealed class JpegOddFilesTests : FolderFixture
{
    [Test]
    public void Stray_bytes_between_segments_are_passed_over()
    {
        byte[] file = ImageData.Bytes("420.jpg");
        int table = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        ReadsAs("420.jpg", [.. file[..table], 1, 2, 0xFF, 0, 3, 0xFF, 0xFF, .. file[table..]], "stray bytes between its parts");
    }

    [TestCase("420.jpg")]
    [TestCase("gray.jpg")]
    [TestCase("restart.jpg")]
    [TestCase("scan-by-scan.jpg")]
    [TestCase("progressive.jpg")]
    public void The_mark_of_the_end_may_be_missing(string name) => ReadsAs(name, ImageData.Bytes(name)[..^2], "the mark of its end is missing");

    [TestCase("420.jpg")]
    [TestCase("gray.jpg")]
    public void Frames_without_codes_have_those_of_the_standard(string name)
    {
        byte[] file = ImageData.Bytes(name);
        for (int table; (table = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4])) >= 0;)
            file = [.. file[..table], .. file[(table + 2 + file[table + 2] * 256 + file[table + 3])..]];
        ReadsAs(name, file, null);
    }

    [Test]
    public void A_progressive_file_that_ends_between_its_scans_is_refused()
    {
        byte[] file = ImageData.Bytes("progressive.jpg");
        for (int end = file.Length; (end = file.AsSpan(0, end).LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])) > 0;)
        {
            // What stands between scans: the codes of the next one.
            int codes = file.AsSpan(0, end).LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
            File.WriteAllBytes(At("a.jpg"), file[..(codes > 0 ? codes : end)]);
            Assert.That(() => ImageFile.Read(At("a.jpg")), Throws.InstanceOf<ImageFileException>().With.Message.Contains("damaged JPEG"));
        }
    }

    [Test]
    public void Colours_at_two_thirds_of_the_resolution_are_refused()
    {
        byte[] file = ImageData.Bytes("444.jpg");
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (file[frame + 11], file[frame + 14]) = (0x31, 0x21);
        File.WriteAllBytes(At("a.jpg"), file);
        Assert.That(() => ImageFile.Read(At("a.jpg")), Throws.InstanceOf<ImageFileException>().With.Message.Contains("odd part"));
    }

    private void ReadsAs(string sound, byte[] file, string? note)
    {
        File.WriteAllBytes(At("a.jpg"), file);
        Picture picture = ImageFile.Read(At("a.jpg"));
        Assert.That(picture.Color, Is.EqualTo(ImageFile.Read(ImageData.PathOf(sound)).Color));
        string? line = ImageFile.Write(At("b.png"), picture);
        if (note is null)
            Assert.That(picture.Metadata?.Notes ?? [], Is.Empty);
        else
            Assert.That(line, Does.Contain("read all the same").And.Contain(note));
    }
}

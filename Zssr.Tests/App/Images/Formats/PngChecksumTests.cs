using Zssr.App.Images;

namespace Zssr.Tests.App.Images.Formats;

/// <summary>A wrong checksum beside the pixels costs that part of the file, and one in the pixels the picture.</summary>
[TestFixture]
public sealed class PngChecksumTests : FolderFixture
{
    [TestCase("gAMA", 4)]
    [TestCase("pHYs", 9)]
    [TestCase("eXIf", 100)]
    [TestCase("iCCP", 100)]
    [TestCase("acTL", 8)]
    [TestCase("teSt", 5)]
    public void A_part_beside_the_pixels_is_left_out_and_this_is_said(string type, int length)
    {
        byte[] data = new byte[length];
        data.AsSpan().Fill(1);
        Picture picture = Read(type, data);
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
        Assert.That(picture.Metadata!.HasContent, Is.False);
        Assert.That(ImageFile.Write(At("b.png"), picture), Does.Contain("wrong checksums, and were left out"));
    }

    [Test]
    public void Transparency_with_a_wrong_checksum_is_none()
    {
        Assert.That(Read("tRNS", [0, 51], damaged: false).Alpha, Is.EqualTo(new[] { 0f, 1 }));
        Assert.That(Read("tRNS", [0, 51]).Alpha, Is.Null);
    }

    [TestCase("IHDR")]
    [TestCase("IDAT")]
    [TestCase("IEND")]
    public void The_parts_that_are_the_picture_must_be_right(string type) =>
        Assert.That(() => Read(type, []), Throws.InstanceOf<ImageFileException>().With.Message.Contains("a checksum is wrong"));

    private Picture Read(string type, byte[] data, bool damaged = true)
    {
        bool isNew = type is not ("IHDR" or "IDAT" or "IEND");
        byte[] file = PngBytes.Make(2, 8, PngBytes.Gray, [[51, 102]], isNew ? [(type, data)] : []);
        int at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type));
        int length = file[at - 1] + 256 * file[at - 2];
        if (damaged)
            file[at + 4 + length] ^= 1;
        File.WriteAllBytes(At("a.png"), file);
        return ImageFile.Read(At("a.png"));
    }
}

using Zssr.App.Images;

namespace Zssr.Tests.App.Images.Metadata;

/// <summary>Pictures of cameras that were held otherwise: EXIF's orientation, in PNG and JPEG files.</summary>
[TestFixture]
public sealed class ExifOrientationTests : FolderFixture
{
    // By the specification: where the stored first row and first column belong.
    [TestCase(1, 3, "123456")]
    [TestCase(2, 3, "321654", Description = "top, right")]
    [TestCase(3, 3, "654321", Description = "bottom, right")]
    [TestCase(4, 3, "456123", Description = "bottom, left")]
    [TestCase(5, 2, "142536", Description = "left, top")]
    [TestCase(6, 2, "415263", Description = "right, top")]
    [TestCase(7, 2, "635241", Description = "right, bottom")]
    [TestCase(8, 2, "362514", Description = "left, bottom")]
    public void A_png_is_turned_as_its_exif_says(int orientation, int width, string expected)
    {
        foreach (bool bigEndian in new[] { false, true })
        {
            byte[] file = PngBytes.Make(3, 8, PngBytes.Gray, [[1, 2, 3], [4, 5, 6]], ("eXIf", new ExifBytes(bigEndian).Make(orientation)));
            Picture picture = Read(file);
            Assert.That(picture.Width, Is.EqualTo(width));
            Assert.That(string.Concat(picture.Color.Select(value => Math.Round(value * 255))), Is.EqualTo(expected));
            Assert.That(ImageFile.ReadSize(At("a")), Is.EqualTo((picture.Height, picture.Width)));
        }
    }

    [Test]
    public void Transparency_and_colours_are_turned_together()
    {
        byte[] file = PngBytes.Make(2, 8, PngBytes.Rgba, [[1, 2, 3, 4, 5, 6, 7, 8]], ("eXIf", new ExifBytes(true).Make(6)));
        Picture picture = Read(file);
        Assert.That((picture.Height, picture.Width), Is.EqualTo((2, 1)));
        Assert.That(picture.Color.Select(value => Math.Round(value * 255)), Is.EqualTo(new[] { 1, 2, 3, 5, 6, 7 }));
        Assert.That(picture.Alpha!.Select(value => Math.Round(value * 255)), Is.EqualTo(new[] { 4, 8 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_jpeg_is_turned_as_its_exif_says(bool bigEndian)
    {
        byte[] file = ImageData.Bytes("444.jpg");
        Picture stored = Read(file), turned = Read(WithExif(file, new ExifBytes(bigEndian).Make(6)));
        Assert.That((turned.Height, turned.Width), Is.EqualTo((stored.Width, stored.Height)));
        for (int row = 0; row < stored.Height; row++)
        {
            for (int column = 0; column < stored.Width; column++)
            {
                Assert.That(
                    turned.Color[(column * turned.Width + stored.Height - 1 - row) * 3],
                    Is.EqualTo(stored.Color[(row * stored.Width + column) * 3]), "clockwise");
            }
        }
    }

    [Test]
    public void A_tga_from_right_to_left_is_mirrored()
    {
        byte[] file = [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 2, 0, 8, 0x30, 1, 2, 3, 4, 5, 6];
        Assert.That(Read(file).Color.Select(value => Math.Round(value * 255)), Is.EqualTo(new[] { 3, 2, 1, 6, 5, 4 }));
    }

    [TestCase(0)]
    [TestCase(9)]
    [TestCase(65535)]
    public void An_orientation_that_does_not_exist_is_none(int orientation) =>
        Assert.That(
            Read(PngBytes.Make(2, 8, PngBytes.Gray, [[1, 2]], ("eXIf", new ExifBytes(true).Make(orientation)))).Color,
            Is.EqualTo(new[] { 1 / 255f, 2 / 255f }));

    [Test]
    public void A_damaged_exif_block_never_keeps_a_picture_from_being_read()
    {
        var random = new Random(6);
        byte[] jpeg = ImageData.Bytes("gray.jpg");
        for (int i = 0; i < Thoroughness.Of(usual: 300, thorough: 2000); i++)
        {
            byte[] block = new ExifBytes(i % 2 == 0).Make(1 + i % 8);
            for (int change = 0; change <= i % 7; change++)
                block[random.Next(block.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : 255 * random.Next(2));
            block = block[..(i % 3 == 0 ? random.Next(block.Length) : block.Length)];
            Picture picture = Read(i % 2 == 0 ? PngBytes.Make(2, 8, PngBytes.Gray, [[1, 2]], ("eXIf", block)) : WithExif(jpeg, block));
            Assert.That(picture.Height * picture.Width, Is.EqualTo(i % 2 == 0 ? 2 : 13 * 9));
            Assert.That(() => ImageFile.Write(At("b.jpg"), picture.WithMetadataOf(picture.Frame)), Throws.Nothing);
        }
    }

    /// <summary>A JPEG with EXIF after its first marker.</summary>
    private static byte[] WithExif(byte[] jpeg, byte[] exif) =>
        [.. jpeg[..2], 0xFF, 0xE1, (byte)((exif.Length + 8) >> 8), (byte)(exif.Length + 8), .. "Exif\0\0"u8, .. exif, .. jpeg[2..]];

    private Picture Read(byte[] file)
    {
        File.WriteAllBytes(At("a"), file);
        return ImageFile.Read(At("a"));
    }
}

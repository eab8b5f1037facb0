using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Files that cannot be read or written: one plain line that says which, and what to do.</summary>
[TestFixture]
public sealed class ImageFileErrorTests : FolderFixture
{
    [Test]
    public void A_missing_file_is_named() => Refuses(At("none.png"), "there is no file");

    [Test]
    public void A_folder_is_no_image() => Refuses(Path.GetDirectoryName(At("a"))!, "is a folder");

    [Test]
    public void An_empty_file_is_called_empty() => RefusesContent([], "is empty");

    [Test]
    public void Other_content_is_named_where_it_is_known()
    {
        RefusesContent("GIF89a..............."u8.ToArray(), "a GIF image", "PNG, JPEG, BMP, TGA and TIFF");
        RefusesContent("RIFF\0\0\0\0WEBPVP8 ...."u8.ToArray(), "a WebP image", "for example with: dwebp content -o content.png");
        RefusesContent("II+\0................"u8.ToArray(), "a BigTIFF image");
        RefusesContent("\0\0\0\u0018ftypheic........"u8.ToArray(), "a HEIC image");
        RefusesContent(
            "To whom it may concern: this is a text."u8.ToArray(), "not an image of a known format", "PNG, JPEG, BMP, TGA and TIFF");
        RefusesContent(new byte[100], "not an image of a known format");
    }

    [TestCase("a.png")]
    [TestCase("a.jpg")]
    [TestCase("a.bmp")]
    [TestCase("a.tga")]
    public void An_image_cut_off_anywhere_is_damaged(string name)
    {
        var random = new Random(1);
        float[] color = [.. Enumerable.Range(0, 20 * 30 * 3).Select(_ => random.NextSingle())];
        ImageFile.Write(At(name), new Picture(20, 30, 3, color));
        byte[] whole = File.ReadAllBytes(At(name));
        for (int length = 40; length < whole.Length; length += Math.Max(whole.Length / 50, 1))
            RefusesContent(whole[..length], "is a damaged");
    }

    [Test]
    public void An_uncompressed_tga_cut_off_in_its_pixels_is_damaged()
    {
        byte[] header = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 4, 0, 24, 0]; // 4 × 4 pixels of 24 bits
        RefusesContent([.. header, .. new byte[47]], "ends too early");
        File.WriteAllBytes(At("whole"), [.. header, .. new byte[48]]);
        Assert.That(ImageFile.Read(At("whole")).Height, Is.EqualTo(4));
    }

    [Test]
    public void One_wrong_bit_in_a_png_is_noticed()
    {
        byte[] file = PngBytes.Make(2, 8, PngBytes.Gray, [[1, 2]]);
        file[^20] ^= 1;
        RefusesContent(file, "checksum");
    }

    [Test]
    public void No_bytes_after_a_signature_let_another_exception_out()
    {
        byte[][] signatures = [[0xFF, 0xD8, 0xFF], "BM"u8.ToArray(), [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 9, 0, 24, 0]];
        var random = new Random(2);
        for (int i = 0; i < 300; i++)
        {
            byte[] noise = new byte[200];
            random.NextBytes(noise);
            File.WriteAllBytes(At("a"), [.. signatures[i % 3], .. noise]);
            try
            {
                ImageFile.Read(At("a"));
            }
            catch (ImageFileException)
            {
                // right; noise that happens to be an image is right, too
            }
        }
    }

    [TestCase("a.gif")]
    [TestCase("a")]
    [TestCase("a.png.txt")]
    public void An_unknown_extension_is_refused_before_any_work(string name)
    {
        string path = At(name);
        var failure = Assert.Throws<ImageFileException>(() => ImageFile.CheckWritable(path));
        Assert.That(failure.Message, Does.Contain(path).And.Contain(".png, .jpg, .jpeg, .bmp or .tga"));
        Assert.Throws<ImageFileException>(() => ImageFile.Write(path, new Picture(1, 1, 1, [0])));
        Assert.That(NamesInFolder, Is.Empty);
    }

    [Test]
    public void A_missing_folder_is_found_before_any_work() =>
        Assert.That(() => ImageFile.CheckWritable(At("no/a.png")), Throws.TypeOf<FileException>());

    [Test]
    public void A_picture_with_values_that_are_no_numbers_is_not_written()
    {
        Assert.Throws<ImageFileException>(() => ImageFile.Write(At("a.png"), new Picture(1, 2, 1, [0, float.NaN])));
        Assert.That(NamesInFolder, Is.Empty);
    }

    private void RefusesContent(byte[] content, params string[] parts)
    {
        File.WriteAllBytes(At("content"), content);
        Refuses(At("content"), parts);
    }

    private static void Refuses(string path, params string[] parts)
    {
        var failure = Assert.Throws<ImageFileException>(() => ImageFile.Read(path));
        Assert.That(failure.Message, Does.Contain(path).And.Not.Contain("\n"));
        foreach (string part in parts)
            Assert.That(failure.Message, Does.Contain(part));
    }
}

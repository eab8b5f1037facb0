using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Pictures written, and read again.</summary>
[TestFixture]
public sealed class ImageFileWriteTests : FolderFixture
{
    [TestCase("a.png", 1, false)]
    [TestCase("a.png", 1, true)]
    [TestCase("a.png", 3, false)]
    [TestCase("a.PNG", 3, true)]
    [TestCase("a.bmp", 3, false)]
    [TestCase("a.bmp", 3, true)]
    [TestCase("a.tga", 1, false)]
    [TestCase("a.tga", 1, true)]
    [TestCase("a.tga", 3, false)]
    [TestCase("a.tga", 3, true)]
    public void What_was_written_is_read_again(string name, int channels, bool transparent)
    {
        Picture picture = EightBitPicture(13, 7, channels, transparent);
        Assert.That(ImageFile.Write(At(name), picture), Is.Null);
        Picture read = ImageFile.Read(At(name));
        Assert.That((read.Height, read.Width, read.Channels), Is.EqualTo((13, 7, channels)));
        Assert.That(read.Color, Is.EqualTo(picture.Color));
        Assert.That(read.Alpha, Is.EqualTo(picture.Alpha));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { name }));
    }

    [Test]
    public void Gray_is_gray_in_the_file_itself()
    {
        ImageFile.Write(At("a.png"), EightBitPicture(5, 4, 1, transparent: false));
        byte[] file = File.ReadAllBytes(At("a.png"));
        Assert.That((file[24], file[25]), Is.EqualTo(((byte)8, PngBytes.Gray)), "bit depth and colour type in the header chunk");
    }

    [Test]
    public void A_bmp_has_no_gray_with_transparency_and_gets_colours()
    {
        Picture picture = EightBitPicture(5, 4, 1, transparent: true);
        ImageFile.Write(At("a.bmp"), picture);
        Picture read = ImageFile.Read(At("a.bmp"));
        Assert.That(read.Alpha, Is.EqualTo(picture.Alpha));
        Assert.That(read.Color, Is.EqualTo(picture.Color.SelectMany(value => new[] { value, value, value })));
    }

    [Test]
    public void Values_are_rounded_to_the_nearest_and_clamped()
    {
        float[] values = [-0.5f, 0.49f / 255, 0.51f / 255, 100.49f / 255, 100.51f / 255, 1.5f];
        ImageFile.Write(At("a.png"), new Picture(1, 6, 1, values));
        Assert.That(
            ImageFile.Read(At("a.png")).Color,
            Is.EqualTo(new[] { 0, 0, 1 / 255f, 100 / 255f, 101 / 255f, 1 }));
    }

    [TestCase("a.jpg")]
    [TestCase("a.JPEG")]
    public void Jpeg_keeps_smooth_pictures_within_a_few_steps(string name)
    {
        float[] color = [.. Enumerable.Range(0, 40 * 40 * 3).Select(i => i / 120 / 40f * (i % 3 + 1) / 3)];
        Assert.That(ImageFile.Write(At(name), new Picture(40, 40, 3, color)), Is.Null);
        Assert.That(ImageFile.Read(At(name)).Color, Is.EqualTo(color).Within(4 / 255f));
    }

    [Test]
    public void Jpeg_loses_transparency_puts_the_picture_on_white_and_says_so()
    {
        float[] color = [.. Enumerable.Repeat(0.2f, 16 * 16)];
        float[] alpha = [.. Enumerable.Range(0, 16 * 16).Select(i => i < 128 ? 0f : 1f)];
        string path = At("a.jpg");
        Assert.That(ImageFile.Write(path, new Picture(16, 16, 1, color, alpha)), Does.Contain(path).And.Contain("PNG"));
        Picture read = ImageFile.Read(path);
        Assert.That(read.Alpha, Is.Null);
        Assert.That(read.Color[0], Is.EqualTo(1).Within(4 / 255f), "invisible");
        Assert.That(read.Color[^1], Is.EqualTo(0.2).Within(4 / 255f), "opaque");
    }

    private static Picture EightBitPicture(int height, int width, int channels, bool transparent)
    {
        var random = new Random(channels);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(256) / 255f)];
        return new Picture(height, width, channels, Values(height * width * channels), transparent ? Values(height * width) : null);
    }
}

using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>What pictures files become.</summary>
[TestFixture]
public sealed class ImageFileReadTests : FolderFixture
{
    [Test]
    public void Gray_is_one_channel()
    {
        Picture picture = Read(PngBytes.Make(3, 8, PngBytes.Gray, [[0, 51, 255], [10, 20, 30]]));
        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((2, 3, 1)));
        Assert.That(picture.Color, Is.EqualTo(new[] { 0, 51 / 255f, 1, 10 / 255f, 20 / 255f, 30 / 255f }));
        Assert.That(picture.Alpha, Is.Null);
    }

    [Test]
    public void Gray_of_one_bit_is_black_and_white() =>
        Assert.That(Read(PngBytes.Make(4, 1, PngBytes.Gray, [[0b0110_0000]])).Color, Is.EqualTo(new[] { 0f, 1, 1, 0 }));

    [Test]
    public void Colours_without_colour_stay_three_channels() =>
        Assert.That(Read(PngBytes.Make(2, 8, PngBytes.Rgb, [[7, 7, 7, 9, 9, 9]])).Channels, Is.EqualTo(3));

    [Test]
    public void Gray_with_alpha_is_one_channel_and_alpha()
    {
        Picture picture = Read(PngBytes.Make(2, 8, PngBytes.GrayAlpha, [[51, 255, 102, 0]]));
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
        Assert.That(picture.Alpha, Is.EqualTo(new[] { 1f, 0f }));
    }

    [Test]
    public void Colour_with_alpha_is_three_channels_and_alpha()
    {
        Picture picture = Read(PngBytes.Make(2, 8, PngBytes.Rgba, [[255, 0, 51, 128, 0, 255, 0, 255]]));
        Assert.That(picture.Color, Is.EqualTo(new[] { 1f, 0, 51 / 255f, 0, 1, 0 }));
        Assert.That(picture.Alpha, Is.EqualTo(new[] { 128 / 255f, 1f }));
    }

    [Test]
    public void Alpha_that_is_opaque_everywhere_is_dropped() =>
        Assert.That(Read(PngBytes.Make(1, 8, PngBytes.Rgba, [[1, 2, 3, 255]])).Alpha, Is.Null);

    [Test]
    public void A_palette_becomes_its_colours_and_transparency()
    {
        (string, byte[]) palette = ("PLTE", [255, 0, 0, 0, 0, 255]), transparency = ("tRNS", [0]);
        Assert.That(Read(PngBytes.Make(2, 8, PngBytes.Palette, [[1, 0]], palette)).Color, Is.EqualTo(new[] { 0f, 0, 1, 1, 0, 0 }));
        Picture picture = Read(PngBytes.Make(2, 8, PngBytes.Palette, [[1, 0]], palette, transparency));
        Assert.That(picture.Alpha, Is.EqualTo(new[] { 1f, 0 }));
    }

    [TestCase(PngBytes.Gray, 1)]
    [TestCase(PngBytes.GrayAlpha, 2)]
    [TestCase(PngBytes.Rgb, 3)]
    [TestCase(PngBytes.Rgba, 4)]
    public void Sixteen_bits_are_read_with_all_of_them(byte colorType, int samples)
    {
        byte[] row = [.. Enumerable.Range(0, samples).SelectMany(i => new byte[] { 1, (byte)(10 + i) })]; // 256 + 10 + i
        Picture picture = Read(PngBytes.Make(1, 16, colorType, [row]));
        for (int c = 0; c < picture.Channels; c++)
            Assert.That(picture.Color[c], Is.EqualTo((266 + c) / 65535f));
        Assert.That(picture.Alpha?[0], Is.EqualTo(samples % 2 == 0 ? (266 + picture.Channels) / 65535f : (float?)null));
    }

    [TestCase("a.jpg")]
    [TestCase("a.tga")]
    [TestCase("no extension")]
    public void The_content_says_what_an_image_is_and_not_the_name(string name)
    {
        File.WriteAllBytes(At(name), PngBytes.Make(1, 8, PngBytes.Gray, [[51]]));
        Assert.That(ImageFile.Read(At(name)).Color[0], Is.EqualTo(51 / 255f));
    }

    private Picture Read(byte[] file)
    {
        File.WriteAllBytes(At("a.png"), file);
        return ImageFile.Read(At("a.png"));
    }
}

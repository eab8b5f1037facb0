using Zssr.App.Images;
using Zssr.App.Jobs;

namespace Zssr.Tests.App.Images.Formats;

/// <summary>
/// TIFF files are what they were made from. They were written by libtiff 4.5 (tiffcp, tiffset) and GraphicsMagick 1.4, from PNG files
/// beside them or from pictures by the formula <see cref="Formula"/>.
/// </summary>
[TestFixture]
public sealed class TiffTests : FolderFixture
{
    [TestCase("rgb.tif", "rgb.png")]
    [TestCase("rgb-lzw-differences.tif", "rgb.png")]
    [TestCase("rgb-deflate-planes.tif", "rgb.png")]
    [TestCase("rgb-packbits.tif", "rgb.png")]
    [TestCase("rgb-tiles.tif", "rgb.png")]
    [TestCase("rgba.tif", "rgba.png")]
    [TestCase("gray-alpha.tif", "gray-alpha.png")]
    [TestCase("gray1.tif", "gray1.png")]
    [TestCase("palette4.tif", "palette4-interlaced.png")]
    [TestCase("palette8.tif", "palette8.png")]
    public void A_file_is_the_picture_that_it_was_made_from(string name, string source)
    {
        (Picture picture, Picture expected) = (Read(name), Read(source));
        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((expected.Height, expected.Width, expected.Channels)));
        Assert.That(picture.Color, Is.EqualTo(expected.Color));
        Assert.That(picture.Alpha, Is.EqualTo(expected.Alpha));
        Assert.That(picture.Bits, Is.EqualTo(8));
    }

    [TestCase("formula-lzw.tif", 47, 61, 3, 5, 8)] // more strings than the table of LZW holds
    [TestCase("formula-tiles.tif", 47, 61, 3, 5, 8)]
    [TestCase("formula-gray.tif", 9, 13, 1, 5, 8)]
    [TestCase("formula16.tif", 17, 21, 3, 3, 16)]
    [TestCase("formula16-big.tif", 17, 21, 3, 3, 16)]
    public void A_file_is_the_picture_of_the_formula(string name, int height, int width, int channels, int shift, int bits)
    {
        Picture picture = Read(name);
        Assert.That((picture.Height, picture.Width, picture.Channels, picture.Bits), Is.EqualTo((height, width, channels, bits)));
        int most = (1 << bits) - 1;
        Assert.That(
            picture.Color,
            Is.EqualTo(Enumerable.Range(0, height * width * channels).Select(i => (float)((Formula(i) >> shift) & most) / most)));
    }

    [Test]
    public void Colours_that_are_stored_times_alpha_are_divided_by_it()
    {
        (Picture picture, Picture stored) = (Read("rgba-times-alpha.tif"), Read("rgba.png"));
        Assert.That(picture.Alpha, Is.EqualTo(stored.Alpha));
        for (int i = 0; i < picture.Color.Length; i++)
        {
            float alpha = stored.Alpha![i / 3];
            Assert.That(picture.Color[i], Is.EqualTo(alpha > 0 ? Math.Min(stored.Color[i] / alpha, 1) : 0), $"{i}");
        }
    }

    /// <summary>Beside what libtiff's tiff2rgba reads, which rounds down.</summary>
    [Test]
    public void Cmyk_becomes_red_green_and_blue()
    {
        byte[] expected = Convert.FromHexString(
            "12cf241fca282bc42d38bf3244ba3650b53b5bb03f66ab4371a6477ba14a859c4e8e98519c985712b12b1eac2f2aa83335a33840"
            + "9e3b4b993f5595435f9046698c4a72874d7b8350898456a08c621296311d9234288d3832893c3c843f4680424f7c455878486174"
            + "4b69704e7671548c7860a3806c127d351c793825753b2f713e386d41406944496546516149585e4b655f5279665d8f6d6aa67377"
            + "1166371a633a235f3d2b5b3f3358413b5444425146494d4755504e68565a7c5c67926174a96682115238194f3b204b3d28483e2e"
            + "45403542424043484b454f5847576a4c637f517095557eac598d104038173d391e3b3c273c42313d483b3e4f463f5552405d5f41"
            + "646d426c81457a984989b04c9810353c1837422238482b384f36395541395d4d3a645a3a6c673a74753a7c843a849b3c94b33ea4"
            + "1332481c324f26335530335d3c336448336c54337462327c7032847f318d8e31969f30a0b631b0");
        Picture picture = Read("cmyk.tif");
        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((9, 13, 3)));
        for (int i = 0; i < expected.Length; i++)
            Assert.That(picture.Color[i] * 255 - expected[i], Is.InRange(-0.001, 1), $"{i}");
    }

    [TestCase(2, new byte[] { 0b00_01_10_11, 0b11_00_00_00 }, new[] { 0f, 1 / 3f, 2 / 3f, 1, 1 })]
    [TestCase(4, new byte[] { 0x0F, 0x3C, 0x50 }, new[] { 0f, 1, 0.2f, 0.8f, 1 / 3f })]
    public void Gray_of_a_few_bits_is_read(int bits, byte[] pixels, float[] expected)
    {
        File.WriteAllBytes(At("a.tif"), TiffBytes.Gray(5, 1, pixels, (TiffBytes.Bits, [(uint)bits])));
        Assert.That(ImageFile.Read(At("a.tif")).Color, Is.EqualTo(expected));
    }

    [Test]
    public void A_file_is_turned_upright_and_says_how_large_it_is()
    {
        (Picture picture, Picture stored) = (Read("turned.tif"), Read("rgb.png"));
        Assert.That((picture.Height, picture.Width), Is.EqualTo((stored.Width, stored.Height)));
        // Number 6: the first row stored is the right column.
        Assert.That(picture.Color[..3], Is.EqualTo(stored.Color.Skip((stored.Height - 1) * stored.Width * 3).Take(3)));
        Assert.That(picture.Metadata!.Resolution!.Horizontal, Is.EqualTo(150 / 0.0254).Within(1e-9), "the sides have changed places");
        Assert.That(picture.Metadata.Resolution.Vertical, Is.EqualTo(300 / 0.0254).Within(1e-9));
        Assert.That(picture.Metadata.Lost, Is.EqualTo(new[] { "texts" }));
    }

    /// <summary>What a picture can do without is no reason to refuse it.</summary>
    [TestCase(0, new byte[0])] // no number
    [TestCase(5, new byte[] { 1, 0, 0, 0 })] // a fraction, or where it is
    public void An_orientation_or_a_unit_that_cannot_be_counts_as_not_said(int type, byte[] value)
    {
        const int Orientation = 274, XResolution = 282, YResolution = 283, Unit = 296, Rational = 5;
        uint[] values = value.Length == 0 ? [] : [BitConverter.ToUInt32(value)];
        byte[] file = TiffBytes.Gray(
            2, 1, [51, 102], (Orientation, values), (XResolution, [300, 1]), (YResolution, [300, 1]), (Unit, values));
        for (int at = TiffBytes.PixelsAt + 2 + 2; at + 12 <= file.Length; at += 12)
        {
            int tag = BitConverter.ToUInt16(file, at);
            if (tag is XResolution or YResolution)
                (file[at + 2], file[at + 4]) = (Rational, 1);
            else if (tag is Orientation or Unit && type != 0)
                file[at + 2] = (byte)type;
        }

        File.WriteAllBytes(At("a.tif"), file);
        Picture picture = ImageFile.Read(At("a.tif"));
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
        Assert.That(picture.Metadata!.Resolution!.Horizontal, Is.EqualTo(300 / 0.0254).Within(1e-9), "an inch is what is meant");
    }

    [Test]
    public void Of_several_pictures_the_first_is_read_and_the_others_are_named()
    {
        Picture picture = Read("pages.tif");
        Assert.That(picture.Color, Is.EqualTo(Read("rgb.png").Color));
        Assert.That(ImageFile.Write(At("b.png"), picture), Does.Contain("dropped: all of its pictures but the first"));
    }

    [Test]
    public void A_sample_that_is_not_said_to_be_alpha_is_named()
    {
        byte[] file = TiffBytes.Gray(2, 1, [51, 1, 102, 2], (TiffBytes.Samples, [2]));
        File.WriteAllBytes(At("a.tif"), file);
        Picture picture = ImageFile.Read(At("a.tif"));
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
        Assert.That(picture.Alpha, Is.Null);
        Assert.That(picture.Metadata!.Lost, Is.EqualTo(new[] { "the samples beside colours and transparency" }));
    }

    [Test]
    public void A_folder_is_searched_for_them_and_results_are_png_files()
    {
        Directory.CreateDirectory(At("in"));
        File.Copy(ImageData.PathOf("rgb.tif"), At("in/a.TIF"));
        IReadOnlyList<UpscaleJob> jobs = new JobList(At("out"), recursive: false, runFolder: null, groundTruth: null).Of([At("in")]);
        Assert.That(jobs.Single().Output, Is.EqualTo(At("out/a.TIF.png")));
    }

    [Test]
    public void None_is_written() => Assert.That(
        () => ImageFile.Write(At("b.tif"), Read("rgb.png")),
        Throws.InstanceOf<ImageFileException>().With.Message.Contains("must end in .png, .jpg, .jpeg, .bmp or .tga, not in .tif"));

    private static Picture Read(string name) => ImageFile.Read(ImageData.PathOf(name));

    private static int Formula(int i) => (int)((long)i * i * 7919 / 3 + i * 31);
}

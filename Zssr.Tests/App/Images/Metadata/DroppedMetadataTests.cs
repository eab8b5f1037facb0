using System.Buffers.Binary;
using System.Text;
using Zssr.App.Images;
using Zssr.App.Images.Metadata;

namespace Zssr.Tests.App.Images.Metadata;

/// <summary>What else files say about their pictures: kept, or named in the line of the result.</summary>
[TestFixture]
public sealed class DroppedMetadataTests : FolderFixture
{
    [TestCase("cICP", 4, "the colour code points (cICP)")]
    [TestCase("mDCV", 24, "the brightness of its display (mDCV, cLLI)")]
    [TestCase("cLLI", 8, "the brightness of its display (mDCV, cLLI)")]
    public void What_a_png_says_about_its_colours_stays_in_a_png_and_is_named_elsewhere(string type, int length, string name)
    {
        byte[] data = [.. Enumerable.Range(9, length).Select(i => (byte)i)];
        Picture picture = Read(Png((type, data)));
        Assert.That(ImageFile.Write(At("b.png"), picture), Is.Null);
        (string keptType, byte[] kept) = ImageFile.Read(At("b.png")).Metadata!.ColorChunks.Single();
        Assert.That((keptType, kept), Is.EqualTo((type, data)));
        foreach (string other in new[] { "b.jpg", "b.bmp", "b.tga" })
            Assert.That(ImageFile.Write(At(other), picture), Does.Contain($"dropped: {name}."));
    }

    [TestCase("tEXt", "Description\0a house", "texts")]
    [TestCase("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x/>", "XMP data")]
    [TestCase("zTXt", "Raw profile type iptc\0\0x", "IPTC data")]
    [TestCase("tEXt", "Software\0paint", null)]
    [TestCase("tEXt", "date:create\02026", null)]
    [TestCase("acTL", "\0\0\0\u0005\0\0\0\0", "all pictures of its animation but the first")]
    [TestCase("acTL", "\0\0\0\u0001\0\0\0\0", null)]
    public void What_a_png_loses_is_named(string type, string data, string? name)
    {
        Picture picture = Read(Png((type, Encoding.Latin1.GetBytes(data))));
        Assert.That(ImageFile.Write(At("b.png"), picture), name is null ? Is.Null : Does.Contain($"dropped: {name}."));
    }

    [TestCase(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>", "XMP data")]
    [TestCase(0xED, "Photoshop 3.0\08BIM", "IPTC data")]
    [TestCase(0xE2, "MPF\0MM", "all of its pictures but the first")]
    [TestCase(0xFE, "by me", "a comment")]
    public void What_a_jpeg_loses_is_named(byte marker, string data, string name)
    {
        byte[] file = ImageData.Bytes("gray.jpg");
        Picture picture = Read([.. file[..2], 0xFF, marker, 0, (byte)(data.Length + 2), .. Encoding.Latin1.GetBytes(data), .. file[2..]]);
        Assert.That(ImageFile.Write(At("b.jpg"), picture), Does.Contain($"dropped: {name}."));
    }

    [TestCase("tEXt", false)]
    [TestCase("zTXt", false)]
    [TestCase("zTXt", true)]
    public void Exif_in_a_text_of_a_png_turns_the_picture_and_is_kept(string type, bool named)
    {
        byte[] exif = [.. named ? "Exif\0\0"u8 : [], .. new ExifBytes(bigEndian: true).Make(6)];
        string hex = string.Join('\n', Convert.ToHexStringLower(exif).Chunk(72).Select(line => new string(line)));
        byte[] text = Encoding.ASCII.GetBytes($"\nexif\n      {exif.Length}\n{hex}\n");
        byte[] data = [.. "Raw profile type exif\0"u8, .. type == "tEXt" ? text : [0, .. PngBytes.Compress(text)]];
        byte[] file = PngBytes.Make(2, 8, PngBytes.Gray, [[51, 102]], (type, data));
        Picture picture = Read(file);
        Assert.That((picture.Height, picture.Width), Is.EqualTo((2, 1)), "turned by 90°");
        Assert.That(ImageFile.ReadSize(At("a")), Is.EqualTo((2, 1)));
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
        Assert.That(ImageFile.Write(At("b.png"), picture), Is.Null);
        byte[] kept = ImageFile.Read(At("b.png")).Metadata!.Exif!;
        Assert.That(new ExifBytes(true).Read(kept)[ExifBytes.Orientation], Is.EqualTo(1));
    }

    [Test]
    public void The_resolution_of_a_bmp_is_kept()
    {
        Picture picture = Read(Bmp(headerLength: 40));
        Assert.That(picture.Metadata!.Resolution, Is.EqualTo(new Resolution(3000, 2000, PerMetre: true)));
        foreach (string name in new[] { "b.bmp", "b.png" })
        {
            Assert.That(ImageFile.Write(At(name), picture), Is.Null);
            Assert.That(ImageFile.Read(At(name)).Metadata!.Resolution, Is.EqualTo(picture.Metadata.Resolution));
        }

        Assert.That(ImageFile.Write(At("b.tga"), picture), Does.Contain("dropped: the resolution."));
    }

    [Test]
    public void The_profile_in_a_bmp_is_kept_or_named()
    {
        byte[] profile = Profile();
        Picture picture = Read(Bmp(headerLength: 124, kind: 0x4D424544, profile));
        Assert.That(picture.Metadata!.Profile!.Data, Is.EqualTo(profile));
        Assert.That(ImageFile.Write(At("b.png"), picture), Is.Null);
        Assert.That(ImageFile.Read(At("b.png")).Metadata!.Profile!.Data, Is.EqualTo(profile));
        Assert.That(ImageFile.Write(At("b.bmp"), picture), Does.Contain("dropped: the colour profile."));
    }

    [TestCase(124, 0x4D424544, "a damaged colour profile", Description = "'MBED', and no profile")]
    [TestCase(124, 0x4C494E4B, "a colour profile in another file", Description = "'LINK'")]
    [TestCase(108, 0, "gamma and primaries")]
    [TestCase(124, 0, "gamma and primaries")]
    public void What_else_a_bmp_says_about_its_colours_is_named(int headerLength, int kind, string name)
    {
        byte[] file = Bmp(headerLength, kind);
        file[80] = 1; // a primary
        Assert.That(Read(file).Metadata!.Lost, Is.EqualTo(new[] { name }));
    }

    [Test]
    public void A_tga_of_16_bits_has_a_bit_of_alpha_if_its_header_says_so()
    {
        byte[] header = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 16, 0x20];
        byte[] pixels = [0x00, 0xFC, 0x1F, 0x00]; // red and opaque; blue and not
        Assert.That(Read([.. header, .. pixels]).Alpha, Is.Null);
        header[17] |= 1;
        Picture picture = Read([.. header, .. pixels]);
        Assert.That(picture.Alpha, Is.EqualTo(new[] { 1f, 0 }));
        Assert.That(picture.Color, Is.EqualTo(new[] { 1f, 0, 0, 0, 0, 1 }));
        pixels[1] = 0x7C;
        Assert.That(Read([.. header, .. pixels]).Alpha, Is.Null, "a bit that is 0 everywhere means nothing");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Two_resolutions_that_share_a_fraction_are_each_scaled_once(bool bigEndian)
    {
        byte[] exif = new ExifBytes(bigEndian).Make(1);
        exif[10 + 5 * 12 + (bigEndian ? 11 : 8)] = 104; // the second is where the first is
        Dictionary<int, double> values = new ExifBytes(bigEndian).Read(ExifBlock.Adapted(exif, 2, 3)!);
        Assert.That((values[ExifBytes.XResolution], values[ExifBytes.YResolution]), Is.EqualTo((900, 600)));
    }

    private Picture Read(byte[] file)
    {
        File.WriteAllBytes(At("a"), file);
        return ImageFile.Read(At("a"));
    }

    private static byte[] Png(params (string, byte[])[] chunks) => PngBytes.Make(1, 8, PngBytes.Rgb, [[1, 2, 3]], chunks);

    /// <summary>One pixel of 24 bits, 3000 and 2000 pixels a metre.</summary>
    private static byte[] Bmp(int headerLength, int kind = 0, byte[]? profile = null)
    {
        int pixels = 14 + headerLength;
        byte[] file = [.. new byte[pixels], 1, 2, 3, 0, .. profile ?? []];
        "BM"u8.CopyTo(file);
        (int, int)[] fields = [(10, pixels), (14, headerLength), (18, 1), (22, 1), (38, 3000), (42, 2000)];
        foreach ((int at, int value) in fields)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        (file[26], file[28]) = (1, 24);
        if (headerLength < 108)
            return file;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(70), kind);
        if (profile is null)
            return file;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(126), pixels + 4 - 14);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(130), profile.Length);
        return file;
    }

    private static byte[] Profile()
    {
        byte[] profile = new byte[200];
        "RGB "u8.CopyTo(profile.AsSpan(16));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}

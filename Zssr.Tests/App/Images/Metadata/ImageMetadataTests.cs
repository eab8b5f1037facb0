using System.Text;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.App.Images.Metadata;

namespace Zssr.Tests.App.Images.Metadata;

/// <summary>What a file says about its picture, from the input to the output of commands.</summary>
[TestFixture]
public sealed class ImageMetadataTests : FolderFixture
{
    private static readonly byte[] Gamma = [0, 0, 0xB1, 0x8F], Primaries = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [TestCase(1, "GRAY")]
    [TestCase(3, "RGB ")]
    public void A_png_keeps_everything_in_a_png(int channels, string space)
    {
        byte[] profile = Profile(space, 3000);
        WritePng(channels, ("gAMA", Gamma), ("cHRM", Primaries), ("sRGB", [1]), ("iCCP", ProfileChunk(profile)),
            ("pHYs", Phys(3000, 2000)), ("eXIf", new ExifBytes(true).Make(1)));
        Assert.That(Resize("out.png", "2x3"), Is.Empty);
        ImageMetadata kept = ReadMetadata("out.png");
        Assert.That(kept.Profile!.Data, Is.EqualTo(profile));
        Assert.That(kept.ColorChunks.Select(chunk => chunk.Type), Is.EqualTo(new[] { "gAMA", "cHRM", "sRGB" }));
        Assert.That(kept.ColorChunks[0].Data, Is.EqualTo(Gamma));
        Assert.That(kept.ColorChunks[1].Data, Is.EqualTo(Primaries));
        Assert.That(kept.Resolution, Is.EqualTo(new Resolution(9000, 4000, true)), "printed, the picture is as large as before");
        Assert.That(new ExifBytes(true).Read(kept.Exif!)[ExifBytes.Iso], Is.EqualTo(200));
    }

    [Test]
    public void Metadata_stand_before_the_pixels_of_a_png_with_right_checksums()
    {
        WritePng(3, ("gAMA", Gamma), ("pHYs", Phys(3000, 3000)));
        Resize("out.png", "2");
        string file = Encoding.Latin1.GetString(File.ReadAllBytes(At("out.png")));
        Assert.That(file.IndexOf("gAMA", StringComparison.Ordinal), Is.EqualTo(37), "after the header chunk");
        Assert.That(file.IndexOf("pHYs", StringComparison.Ordinal), Is.LessThan(file.IndexOf("IDAT", StringComparison.Ordinal)));
        Assert.That(ImageFile.Read(At("out.png")).Width, Is.EqualTo(8), "reading compares the checksums");
    }

    [Test]
    public void Profile_exif_and_resolution_go_from_a_png_to_a_jpeg_and_back()
    {
        byte[] profile = Profile("RGB ", 150_000); // three segments
        WritePng(3, ("iCCP", ProfileChunk(profile)), ("pHYs", Phys(11811, 11811)), ("sRGB", [0]), ("eXIf", new ExifBytes(false).Make(1)));
        Assert.That(Resize("out.jpg", "2"), Is.Empty, "JPEG means sRGB anyway");
        ImageMetadata kept = ReadMetadata("out.jpg");
        Assert.That(kept.Profile!.Data, Is.EqualTo(profile));
        Assert.That(kept.Resolution!.Horizontal, Is.EqualTo(600 / 0.0254).Within(0.01), "600 pixels an inch, twice 300");
        Assert.That(new ExifBytes(false).Read(kept.Exif!)[ExifBytes.XResolution], Is.EqualTo(600));
        Assert.That(Resize("back.png", "0.5", "out.jpg"), Is.Empty);
        Assert.That(ReadMetadata("back.png").Profile!.Data, Is.EqualTo(profile));
        Assert.That(ReadMetadata("back.png").Resolution!.Horizontal, Is.EqualTo(11811).Within(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Exif_loses_old_sizes_thumbnail_and_orientation_and_keeps_the_rest(bool bigEndian)
    {
        var exif = new ExifBytes(bigEndian);
        WritePng(3, ("eXIf", exif.Make(6)));
        Resize("out.jpg", "2");
        byte[] kept = ReadMetadata("out.jpg").Exif!;
        Dictionary<int, double> values = exif.Read(kept);
        Assert.That(values.Keys, Is.EquivalentTo(new[]
        {
            ExifBytes.Maker, ExifBytes.Orientation, ExifBytes.XResolution, ExifBytes.YResolution, ExifBytes.Details, ExifBytes.Iso,
        }));
        Assert.That(values[ExifBytes.Orientation], Is.EqualTo(1), "the picture was turned");
        Assert.That((values[ExifBytes.XResolution], values[ExifBytes.YResolution]), Is.EqualTo((300, 600)), "turned, then twice as many");
        Assert.That(Encoding.ASCII.GetString(kept, (int)values[ExifBytes.Maker], 4), Is.EqualTo("Acme"));
        Assert.That(kept, Has.None.EqualTo(ExifBytes.ThumbnailByte));
    }

    [Test]
    public void A_resolution_in_exif_that_points_at_its_own_directory_does_no_harm()
    {
        byte[] exif = new ExifBytes(bigEndian: false).Make(1);
        exif[10 + 4 * 12 + 8] = 8; // the fifth entry, which says where the fraction is: scaling it makes a count of 53216 entries
        exif[10 + 3 * 12] = 0xFF; // no orientation, so that all of them are searched for it
        WritePng(3, ("eXIf", exif));
        Resize("out.png", "2");
        Assert.That(ImageFile.Read(At("out.png")).Width, Is.EqualTo(8));
    }

    [TestCase("out.bmp", "the colour profile, gamma and primaries, EXIF data.")]
    [TestCase("out.tga", "the colour profile, gamma and primaries, EXIF data, the resolution.")]
    public void What_a_format_cannot_hold_is_said_in_one_line(string name, string dropped)
    {
        WritePng(
            3, ("gAMA", Gamma), ("iCCP", ProfileChunk(Profile("RGB ", 200))), ("pHYs", Phys(3000, 3000)),
            ("eXIf", new ExifBytes(true).Make(1)));
        string line = Resize(name, "2");
        Assert.That(line, Does.Contain(At(name)));
        Assert.That(line, Does.Contain($"dropped: {dropped}"));
        Assert.That(line.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(ImageFile.Read(At(name)).Metadata is null, Is.EqualTo(name == "out.tga"), "a BMP has its resolution");
    }

    [Test]
    public void Gamma_does_not_go_into_a_jpeg_and_this_is_said()
    {
        WritePng(3, ("gAMA", Gamma));
        Assert.That(Resize("out.jpg", "2"), Does.Contain("gamma and primaries"));
    }

    [TestCase(1, "RGB ", "out.png")]
    [TestCase(3, "GRAY", "out.png")]
    [TestCase(3, "CMYK", "out.png")]
    [TestCase(3, "CMYK", "out.jpg")]
    [TestCase(1, "GRAY", "out.jpg", Description = "gray JPEG files are written as colour")]
    public void A_profile_for_other_colours_is_dropped_and_this_is_said(int channels, string space, string name)
    {
        WritePng(channels, ("iCCP", ProfileChunk(Profile(space, 200))));
        Assert.That(Resize(name, "2"), Does.Contain("the colour profile, which is for other colours"));
        Assert.That(ImageFile.Read(At(name)).Metadata, Is.Null);
    }

    [Test]
    public void The_profile_of_a_cmyk_jpeg_is_not_taken_for_one_of_rgb()
    {
        byte[] file = ImageData.Bytes("cmyk.jpg"), profile = Profile("CMYK", 200);
        byte[] segment = [0xFF, 0xE2, 0, (byte)(profile.Length + 16), .. "ICC_PROFILE\0"u8, 1, 1, .. profile];
        File.WriteAllBytes(At("in.png"), [.. file[..2], .. segment, .. file[2..]]);
        Assert.That(Resize("out.png", "2"), Does.Contain("the colour profile, which is for other colours"));
        Assert.That(ImageFile.Read(At("out.png")).Metadata?.Profile, Is.Null);
    }

    [Test]
    public void A_jpeg_profile_with_a_part_missing_is_dropped_and_this_is_said()
    {
        WritePng(3, ("iCCP", ProfileChunk(Profile("RGB ", 150_000))));
        Resize("out.jpg", "2");
        byte[] file = File.ReadAllBytes(At("out.jpg"));
        file[file.AsSpan().IndexOf("ICC_PROFILE"u8) + 3] ^= 1;
        File.WriteAllBytes(At("in.png"), file);
        Assert.That(Resize("out2.jpg", "2"), Does.Contain("a damaged colour profile"));
    }

    [Test]
    public void Downscale_keeps_metadata_and_prints_as_large_as_before()
    {
        WritePng(3, ("pHYs", Phys(3000, 3000)), ("gAMA", Gamma));
        CommandRun run = CommandRun.Of("downscale", At("in.png"), "-o", At("out.png"), "-s", "2");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        Assert.That(ReadMetadata("out.png").Resolution, Is.EqualTo(new Resolution(1500, 1500, true)));
        Assert.That(ReadMetadata("out.png").ColorChunks, Has.Count.EqualTo(1));
    }

    [TestCase("out.png", false)]
    [TestCase("out.tga", true)]
    public void Upscale_keeps_metadata_or_says_that_it_does_not(string name, bool isDropped)
    {
        WritePng(3, ("pHYs", Phys(3000, 3000)), ("iCCP", ProfileChunk(Profile("RGB ", 200))));
        CommandRun run = CommandRun.Of("upscale", At("in.png"), "-o", At(name), "--device", "cpu", "--width", "4",
            "--depth", "2", "--passes", "1", "--iterations", "2");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        Assert.That((run.Output + run.Error).Contains("dropped: the colour profile, the resolution."), Is.EqualTo(isDropped));
        ImageMetadata? kept = ImageFile.Read(At(name)).Metadata;
        Assert.That(kept?.Profile is null, Is.EqualTo(isDropped));
        Assert.That(kept?.Resolution, Is.EqualTo(isDropped ? null : new Resolution(6000, 6000, true)));
    }

    [Test]
    public void A_picture_of_which_its_file_says_nothing_has_no_metadata()
    {
        WritePng(3);
        Resize("out.jpg", "2");
        Assert.That(ImageFile.Read(At("in.png")).Metadata, Is.Null);
        Assert.That(ImageFile.Read(At("out.jpg")).Metadata, Is.Null);
    }

    private ImageMetadata ReadMetadata(string name) => ImageFile.Read(At(name)).Metadata!;

    /// <summary>What was told on standard error.</summary>
    private string Resize(string output, string scale, string input = "in.png")
    {
        CommandRun run = CommandRun.Of("resize", At(input), "-o", At(output), "-s", scale);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        return run.Error;
    }

    /// <summary>The input: 4 × 4 pixels, gray or colour.</summary>
    private void WritePng(int channels, params (string, byte[])[] chunks)
    {
        const int Side = 4;
        byte[] Row(int row) => [.. Enumerable.Range(0, Side * channels).Select(i => (byte)(40 * row + 3 * i))];
        byte[][] rows = [.. Enumerable.Range(0, Side).Select(Row)];
        File.WriteAllBytes(At("in.png"), PngBytes.Make(Side, 8, channels == 1 ? PngBytes.Gray : PngBytes.Rgb, rows, chunks));
    }

    /// <summary>Nothing but the header of a profile is looked at; the rest does not compress.</summary>
    private static byte[] Profile(string space, int length)
    {
        byte[] profile = new byte[length];
        new Random(1).NextBytes(profile);
        Encoding.ASCII.GetBytes(space).CopyTo(profile, 16);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    private static byte[] ProfileChunk(byte[] profile) => [.. "any\0\0"u8, .. PngBytes.Compress(profile)];

    private static byte[] Phys(ushort x, ushort y) => [0, 0, (byte)(x >> 8), (byte)x, 0, 0, (byte)(y >> 8), (byte)y, 1];
}

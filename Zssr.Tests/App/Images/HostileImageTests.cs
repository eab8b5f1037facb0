using System.Buffers.Binary;
using System.IO.Compression;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Files made to cost memory or time, each refused by one line, cheaply; or read, where they hold a picture.</summary>
[TestFixture]
[RunsApart]
public sealed class HostileImageTests : CheapReadingFixture
{
    [TestCase(2, 32)]
    [TestCase(3, 8)]
    [TestCase(10, 24)]
    public void A_tga_of_18_bytes_that_asks_for_gigabytes_is_refused(byte kind, byte bits)
    {
        Refuses(Tga(kind, bits, 65535, 65535), "4294836225 pixels", "100000000", "allowed");
        Refuses(Tga(kind, bits, 10000, 10000), "damaged TGA", "too early");
    }

    [Test]
    public void A_tga_with_a_palette_and_no_pixels_is_refused()
    {
        byte[] file = Tga(1, 8, 10000, 10000);
        (file[1], file[5], file[7]) = (1, 2, 24); // two colours
        Refuses([.. file, .. new byte[6]], "too early");
        file[2] = 9;
        Refuses([.. file, .. new byte[6]], "too early");
    }

    [Test]
    public void A_tga_of_runs_that_stop_before_its_pixels_do_is_refused() =>
        Refuses([.. Tga(10, 24, 5000, 5000), .. Enumerable.Repeat<byte>(0xFF, 4 * 1000)], "too early");

    [TestCase(int.MaxValue, int.MaxValue)]
    [TestCase(60000, -60000)]
    [TestCase(1, int.MinValue)]
    public void A_bmp_of_impossible_size_is_refused(int width, int height) =>
        Refuses(Bmp(24, width, height), "damaged BMP|pixels, more than");

    [TestCase(0, 5)]
    [TestCase(5, 0)]
    [TestCase(-5, 5)]
    public void A_bmp_without_pixels_is_refused(int width, int height) => Refuses(Bmp(24, width, height), "damaged BMP");

    [TestCase(1)]
    [TestCase(24)]
    [TestCase(32)]
    public void A_bmp_with_a_header_alone_is_refused(int bits) => Refuses([.. Bmp(bits, 10000, 10000), .. new byte[64]], "too early");

    [Test]
    public void A_bmp_whose_runs_never_end_or_leave_the_picture_is_refused()
    {
        byte[] head = [.. Bmp(8, 9000, 9000, compression: 1, palette: 2), .. new byte[8]];
        Refuses([.. head, .. Enumerable.Repeat<byte>(255, 1 << 20)], "too early");
        Refuses([.. head, .. Enumerable.Repeat<byte>(0, 1 << 20)], "out of the picture");
        Refuses([.. head, 0, 2, 255, 255, 0, 2, 255, 255, .. Enumerable.Repeat(new byte[] { 0, 2, 255, 255 }, 100).SelectMany(b => b)],
            "out of the picture");
    }

    [Test]
    public void A_bmp_of_a_few_bytes_in_runs_is_read()
    {
        byte[] file = [.. Bmp(4, 5, 2, compression: 2, palette: 3), 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0,
            0, 3, 0x12, 0x10, 2, 0x20, 0, 0, 3, 0x21, 0, 1]; // 1 2 1, 2 0; then above it 2 1 2, and nothing
        Picture picture = Read(file);
        float[] red = [.. Enumerable.Range(0, 10).Select(i => picture.Color[3 * i + 1])];
        Assert.That(red, Is.EqualTo(new[] { 1f, 0, 1, 0, 0, 0, 1, 0, 1, 0 }), "green, from the top: index 2 is (0, 255, 0)");
    }

    [TestCase(65535, 65535, "4294836225 pixels")]
    [TestCase(10000, 10000, "pixels are missing")]
    [TestCase(0, 9, "damaged JPEG")]
    [TestCase(9, 0, "damaged JPEG")]
    public void A_jpeg_whose_header_lies_about_its_size_is_refused(int height, int width, string part)
    {
        byte[] file = ImageData.Bytes("420.jpg");
        int frame = IndexOf(file, 0xFF, 0xC0);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), (ushort)width);
        Refuses(file, part);
    }

    [Test]
    public void A_jpeg_of_thousands_of_scans_is_refused()
    {
        byte[] file = ImageData.Bytes("gray-progressive.jpg");
        int first = IndexOf(file, 0xFF, 0xDA), end = first + 2 + file.AsSpan(first + 2).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        byte[] scan = file[first..end];
        Refuses([.. file[..first], .. Enumerable.Repeat(scan, 5000).SelectMany(b => b), 0xFF, 0xD9], "scans");
    }

    [Test]
    public void A_jpeg_with_scans_twice_or_not_at_all_is_refused()
    {
        byte[] file = ImageData.Bytes("scan-by-scan.jpg");
        int last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        Refuses([.. file[..last], 0xFF, 0xD9], "some of its colours are missing");
        Refuses([.. file[..^2], .. file[last..]], "disorder");
        Refuses([.. file[..IndexOf(file, 0xFF, 0xDA)], 0xFF, 0xD9], "some of its colours are missing");
    }

    [Test]
    public void A_progressive_jpeg_that_begins_in_the_middle_is_refused()
    {
        byte[] file = ImageData.Bytes("gray-progressive.jpg");
        int first = IndexOf(file, 0xFF, 0xDA), second = first + 2 + file.AsSpan(first + 2).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        Refuses([.. file[..first], .. file[second..]], "disorder");
    }

    [Test]
    public void A_jpeg_without_its_restart_markers_is_refused()
    {
        byte[] file = ImageData.Bytes("restart.jpg");
        int marker = IndexOf(file, 0xFF, 0xD0);
        Refuses([.. file[..marker], .. file[(marker + 2)..]], "pixels are missing");
    }

    [Test]
    public void A_jpeg_of_nothing_but_empty_segments_is_refused()
    {
        byte[] segments = [.. Enumerable.Repeat(new byte[] { 0xFF, 0xE0, 0, 2 }, 1 << 20).SelectMany(b => b)];
        Refuses([0xFF, 0xD8, .. segments], "it has more than 14096 parts");
        Refuses([0xFF, 0xD8, .. segments[..4000]], "too early");
        Refuses([0xFF, 0xD8, .. segments[..4000], 0xFF, 0xD9], "no header");
    }

    [Test]
    public void A_jpeg_of_four_colours_without_a_name_is_refused()
    {
        byte[] file = ImageData.Bytes("cmyk.jpg");
        file[file.AsSpan().IndexOf("Adobe"u8)] ^= 1;
        Refuses(file, "four colours");
    }

    [TestCase((byte)0xC3)]
    [TestCase((byte)0xC9)]
    public void A_jpeg_of_another_coding_is_named(byte marker)
    {
        byte[] file = ImageData.Bytes("420.jpg");
        file[IndexOf(file, 0xFF, 0xC0) + 1] = marker;
        Refuses(file, "lossless, hierarchical or arithmetic");
    }

    [TestCase(int.MaxValue, int.MaxValue, "pixels")]
    [TestCase(10000, 10000, "too early")]
    [TestCase(100_000_000, 1, "too early")]
    [TestCase(0, 5, "0 x 5")]
    [TestCase(-1, 5, "impossible")]
    public void A_png_whose_header_lies_about_its_size_is_refused(int width, int height, string part) =>
        Refuses(PngBytes.Of(width, height, 8, PngBytes.Rgba, ("IDAT", PngBytes.Compress(new byte[1000]))), part);

    [Test]
    public void The_bombs_of_these_tests_are_streams_like_any_other()
    {
        using var zlib = new ZLibStream(new MemoryStream(PngBytes.CompressedZeros(3)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        Assert.That(content.ToArray(), Is.EqualTo(new byte[3 << 20]));
    }

    [Test]
    public void A_png_with_a_gigabyte_behind_its_pixels_is_read_without_it()
    {
        byte[] data = PngBytes.CompressedZeros(1024);
        Picture picture = Read(PngBytes.Of(1, 1, 8, PngBytes.Gray, ("IDAT", data)));
        Assert.That(picture.Color, Is.EqualTo(new[] { 0f }));
    }

    [Test]
    public void A_png_with_bombs_in_its_profile_and_text_is_read_without_them()
    {
        byte[] bomb = PngBytes.CompressedZeros(256);
        Picture picture = Read(PngBytes.Make(1, 8, PngBytes.Gray, [[51]],
            ("iCCP", [.. "name\0\0"u8, .. bomb]), ("zTXt", [.. "text\0\0"u8, .. bomb]), ("eXIf", new byte[3 << 20])));
        Assert.That(picture.Color, Is.EqualTo(new[] { 51 / 255f }));
        Assert.That(picture.Metadata!.Lost, Is.EqualTo(new[] { "a damaged colour profile", "texts", "damaged EXIF data" }));
        Assert.That(picture.Metadata.Profile, Is.Null);
    }

    [Test]
    public void A_png_of_a_hundred_thousand_chunks_is_read() =>
        Assert.That(Read(PngBytes.Make(1, 8, PngBytes.Gray, [[51]], [.. Enumerable.Repeat(("teSt", Array.Empty<byte>()), 100_000)])).Width,
            Is.EqualTo(1));

    [Test]
    public void A_png_whose_pixels_do_not_decompress_or_have_no_filter_is_refused()
    {
        Refuses(PngBytes.Of(4, 4, 8, PngBytes.Gray, ("IDAT", [0x78, 0x9C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])), "make no sense");
        Refuses(PngBytes.Of(1, 1, 8, PngBytes.Gray, ("IDAT", PngBytes.Compress([5, 0]))), "no filter 5");
        Refuses(PngBytes.Of(4, 4, 8, PngBytes.Gray), "too early");
    }

    [Test]
    public void A_png_that_contradicts_itself_is_refused()
    {
        byte[] pixels = PngBytes.Compress(new byte[3]);
        Refuses(PngBytes.Of(1, 1, 8, PngBytes.Palette, ("IDAT", pixels)), "no palette");
        Refuses(PngBytes.Of(1, 1, 8, PngBytes.Palette, ("PLTE", new byte[4]), ("IDAT", pixels)), "palette is damaged");
        Refuses(PngBytes.Of(1, 1, 8, PngBytes.GrayAlpha, ("tRNS", new byte[2]), ("IDAT", pixels)), "transparency is damaged");
        Refuses(PngBytes.Of(1, 1, 3, PngBytes.Gray, ("IDAT", pixels)), "no such kind");
        Refuses(PngBytes.Of(1, 1, 8, PngBytes.Gray, ("NeWs", []), ("IDAT", pixels)), "a critical part of an unknown kind");
    }

    [Test]
    public void A_png_of_apples_own_kind_is_named()
    {
        byte[] file = PngBytes.Make(1, 8, PngBytes.Gray, [[1]]);
        "CgBI"u8.CopyTo(file.AsSpan(12));
        Refuses(file, "Apple");
    }

    [Test]
    public void A_file_of_gigabytes_behind_a_small_header_is_refused_unread()
    {
        string path = At("large.png");
        using (FileStream file = File.Create(path))
        {
            file.Write(PngBytes.Make(1, 8, PngBytes.Gray, [[1]]));
            file.SetLength(3L << 30); // takes no room on the disk
        }

        RefusesFile(path, "3072 MiB");
    }

    private static byte[] Tga(byte kind, byte bits, int width, int height)
    {
        byte[] file = new byte[18];
        (file[2], file[16]) = (kind, bits);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(12), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), (ushort)height);
        return file;
    }

    /// <summary>The headers; palette and pixels are to follow.</summary>
    private static byte[] Bmp(int bits, int width, int height, int compression = 0, int palette = -1)
    {
        byte[] file = new byte[54];
        "BM"u8.CopyTo(file);
        int colors = palette >= 0 ? palette : bits <= 8 ? 2 : 0;
        (int, int)[] fields = [(10, 54 + 4 * colors), (14, 40), (18, width), (22, height), (30, compression), (46, colors)];
        foreach ((int at, int value) in fields)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        (file[26], file[28]) = (1, (byte)bits);
        return file;
    }

    private static int IndexOf(byte[] file, params ReadOnlySpan<byte> part) => file.AsSpan().IndexOf(part);
}

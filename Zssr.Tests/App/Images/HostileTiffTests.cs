using System.Diagnostics;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>TIFF files made to cost memory or time, or of kinds that are not read: each refused by one line, cheaply.</summary>
[TestFixture]
[RunsApart]
public sealed class HostileTiffTests : CheapReadingFixture
{
    [TestCase(65535u, 65535u, "4294836225 pixels")]
    [TestCase(10000u, 10000u, "too early")]
    [TestCase(1u, 100_000_000u, "too early")]
    [TestCase(0u, 5u, "0 x 5")]
    [TestCase(uint.MaxValue, 1u, "impossible")]
    [TestCase((uint)int.MaxValue, (uint)int.MaxValue, "pixels")]
    public void A_header_that_lies_about_the_size_is_refused(uint width, uint height, string part) =>
        Refuses(TiffBytes.Gray(width, height, new byte[64]), part);

    [TestCase(TiffBytes.StripRows, 0u, "parts have 16 x 0 pixels")]
    [TestCase(TiffBytes.StripRows, 4u, "tag 273 cannot be")] // 4 strips, and the place of one
    [TestCase(TiffBytes.Offsets, 100_000u, "too early")]
    [TestCase(TiffBytes.Lengths, 100u, "too early")]
    [TestCase(TiffBytes.Samples, 0u, "fewer than its colours need")]
    [TestCase(TiffBytes.Samples, 9u, "9 samples a pixel")]
    [TestCase(TiffBytes.Planes, 3u, "no arrangement 3")]
    [TestCase(TiffBytes.Bits, 12u, "samples of 12 bits")]
    [TestCase(TiffBytes.Bits, 32u, "samples of 32 bits")]
    [TestCase(TiffBytes.Format, 3u, "no whole numbers")]
    [TestCase(TiffBytes.Compression, 4u, "fax")]
    [TestCase(TiffBytes.Compression, 7u, "holds a JPEG")]
    [TestCase(TiffBytes.Compression, 50000u, "with compression 50000")]
    [TestCase(TiffBytes.Colors, 3u, "tag 320")] // a palette
    [TestCase(TiffBytes.Colors, 6u, "YCbCr")]
    [TestCase(TiffBytes.Colors, 8u, "CIELab")]
    [TestCase(TiffBytes.Colors, 32803u, "raw data of a camera")]
    [TestCase(266, 2u, "reverse order")]
    [TestCase(254, 1u, "thumbnail")]
    [TestCase(50706, 1u, "DNG")]
    public void A_picture_of_another_kind_or_none_is_named(int tag, uint value, string part) =>
        Refuses(TiffBytes.Gray(16, 16, new byte[256], (tag, [value])), part);

    [TestCase(0u, 16u, "parts have 0 x 16")]
    [TestCase(16u, 15u, "parts have 16 x 15")]
    [TestCase(1u << 26, 16u, "far more than it has")]
    [TestCase(uint.MaxValue - 15, uint.MaxValue - 15, "far more than it has")]
    public void Tiles_that_cannot_be_are_refused(uint width, uint height, string part) => Refuses(
        TiffBytes.Gray(16, 16, new byte[256], (TiffBytes.TileWidth, [width]), (TiffBytes.TileHeight, [height]),
            (TiffBytes.TileOffsets, [TiffBytes.PixelsAt]), (TiffBytes.TileLengths, [256])),
        part);

    [Test]
    public void Millions_of_strips_are_refused() =>
        Refuses(TiffBytes.Gray(8, 2_000_000, [], (TiffBytes.StripRows, [1])), "more than 1048576 parts");

    [Test]
    public void A_directory_that_is_none_is_refused()
    {
        Refuses([.. "II*\0"u8, 0, 0, 0, 0, .. new byte[20]], "no picture");
        Refuses([.. "MM\0*"u8, 255, 255, 255, 255, .. new byte[20]], "too early");
        Refuses([.. "II*\0"u8, 8, 0, 0, 0, 255, 15, .. new byte[20]], "too early");
        Refuses([.. "II*\0"u8, 8, 0, 0, 0, 255, 255, .. new byte[20]], "more than 4096 things");
        Refuses([.. "II*\0"u8, 8, 0, 0, 0, 0, 0, .. new byte[20]], "0 x 0");
    }

    [Test]
    public void A_directory_that_follows_itself_is_read_once()
    {
        byte[] file = TiffBytes.Gray(2, 1, [51, 102]);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), TiffBytes.PixelsAt + 2);
        Assert.That(Read(file).Color, Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));
    }

    [TestCase(5u, new byte[] { 0x80, 0x7F, 0xFF, 0xFF }, "make no sense")] // a code that was never made
    [TestCase(5u, new byte[] { 0x00, 0x01, 0x02, 0x03 }, "make no sense")] // the older order of bits
    [TestCase(5u, new byte[] { 0x80, 0x40, 0x20, 0x10 }, "too early")] // Clear again and again
    [TestCase(8u, new byte[] { 0x78, 0x9C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "make no sense")]
    [TestCase(32773u, new byte[] { 128, 128, 128, 128 }, "too early")]
    [TestCase(32773u, new byte[] { 5, 1, 2 }, "too early")]
    [TestCase(32773u, new byte[] { 255 }, "too early")]
    public void Pixels_that_do_not_unpack_are_refused(uint compression, byte[] packed, string part) =>
        Refuses(TiffBytes.Gray(16, 16, packed, (TiffBytes.Compression, [compression])), part);

    [Test]
    public void Megabytes_that_mean_nothing_are_refused() => Refuses(
        TiffBytes.Gray(16, 16, [.. Enumerable.Repeat<byte>(128, 8 << 20)], (TiffBytes.Compression, [32773])), "too early");

    /// <summary>
    /// Thousands of strips of one pixel, all of which are the same kilobytes: Clear codes, packets or stored blocks that mean nothing, and
    /// the pixel behind them.
    /// </summary>
    [TestCase(5u, "too often")]
    [TestCase(8u, "make no sense")]
    [TestCase(32773u, "too often")]
    public void Strips_that_are_all_the_same_bytes_without_meaning_are_refused(uint compression, string part)
    {
        const int Strips = 5000, Length = 60_000;
        byte[] packed = compression switch
        {
            5 => [.. Many([0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01, 0x00]), 0x03, 0x80],
            8 => [0x78, 0x01, .. Many([0, 0, 0, 0xFF, 0xFF]), 1, 1, 0, 0xFE, 0xFF, 7],
            _ => [.. Many([0x80]), 0, 7],
        };
        byte[] file = TiffBytes.Gray(
            1, Strips, packed, (TiffBytes.Compression, [compression]), (TiffBytes.StripRows, [1]),
            (TiffBytes.Offsets, Same(TiffBytes.PixelsAt)), (TiffBytes.Lengths, Same((uint)packed.Length)));
        var clock = Stopwatch.StartNew();
        Refuses(file, part);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        byte[] one = TiffBytes.Gray(1, 1, packed, (TiffBytes.Compression, [compression]));
        Assert.That(Read(one).Color, Is.EqualTo(new[] { 7 / 255f }), "one strip is what it is");

        static uint[] Same(uint value) => [.. Enumerable.Repeat(value, Strips)];
        static IEnumerable<byte> Many(byte[] bytes) => Enumerable.Repeat(bytes, Length / bytes.Length).SelectMany(some => some);
    }

    [Test]
    public void Megabytes_behind_the_pixels_are_never_unpacked() => Assert.That(
        Read(TiffBytes.Gray(1, 1, PngBytes.Compress(new byte[1 << 26]), (TiffBytes.Compression, [8]))).Color, Is.EqualTo(new[] { 0f }));

    [Test]
    public void Strips_that_are_all_the_same_bytes_are_read()
    {
        const int Rows = 100_000;
        Picture picture = Read(TiffBytes.Gray(
            2, Rows, [51, 102], (TiffBytes.StripRows, [1]), (TiffBytes.Offsets, Same(TiffBytes.PixelsAt)), (TiffBytes.Lengths, Same(2))));
        Assert.That(picture.Color[^2..], Is.EqualTo(new[] { 51 / 255f, 102 / 255f }));

        static uint[] Same(uint value) => [.. Enumerable.Repeat(value, Rows)];
    }
}

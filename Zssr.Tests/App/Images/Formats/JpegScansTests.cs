using Zssr.App.Images;
using Zssr.App.Images.Formats;

namespace Zssr.Tests.App.Images.Formats;

/// <summary>JPEG images are looked over down to each block before memory is taken for their pixels.</summary>
[TestFixture]
public sealed class JpegScansTests : FolderFixture
{
    private const int Side = 10_000, Blocks = 1250 * 1250; // 8 × 8 pixels each
    private const long MostBytes = 1 << 20;

    /// <summary>From one wrong bit to the next.</summary>
    private static readonly int Step = Thoroughness.Of(usual: 5, thorough: 1);

    private static IEnumerable<string> Names => ImageData.Names.Where(name => name.EndsWith(".jpg", StringComparison.Ordinal));

    [Test]
    public void A_file_with_one_wrong_bit_is_refused_before_it_is_decoded_or_not_at_all([ValueSource(nameof(Names))] string name)
    {
        const int MostPixels = 1_000_000;
        byte[] file = ImageData.Bytes(name);
        int refused = 0, decoded = 0;
        for (int bit = 8 * 3; bit < 8 * file.Length; bit += Step)
        {
            byte[] changed = [.. file];
            changed[bit / 8] ^= (byte)(128 >> (bit % 8));
            ImageReader image;
            try
            {
                image = JpegReader.Open(new MemoryStream(changed));
                if ((long)image.Height * image.Width > MostPixels)
                    continue;
                image.Check();
            }
            catch (Exception refusal) when (refusal is InvalidDataException or EndOfStreamException or NotSupportedException)
            {
                refused++;
                continue;
            }

            Assert.That(image.Decode, Throws.Nothing, $"bit {bit}");
            decoded++;
        }

        Assert.That(refused, Is.GreaterThan(100 / Step));
        Assert.That(decoded, Is.GreaterThan(100 / Step));
    }

    [Test]
    public void A_large_picture_is_looked_over_in_little_memory() =>
        Assert.That(() => Check(Flat(new byte[Blocks * 2 / 8])), Throws.Nothing);

    [TestCase(1_000_000, "damaged JPEG image: its pixels are damaged")]
    [TestCase(8, "damaged JPEG image: its pixels are damaged")]
    public void One_wrong_bit_in_a_large_picture_costs_little(int block, string message)
    {
        byte[] pixels = new byte[Blocks * 2 / 8];
        pixels[block * 2 / 8] = 0x80; // neither code begins with 1
        Refuses(Flat(pixels), message);
    }

    [TestCase(1)]
    [TestCase(1000)]
    public void A_large_picture_without_its_last_blocks_costs_little(int bytes) =>
        Refuses(Flat(new byte[Blocks * 2 / 8 - bytes]), "pixels are missing");

    [Test]
    public void Blocks_that_grow_ever_brighter_are_refused()
    {
        // Two blocks of 0, fifteen ones, 0: a difference of 32767, and no other coefficient. 0 stands after each 0xFF.
        Refuses(Flat([0b0111_1111, 0xFF, 0, 0b0011_1111, 0xFF, 0, 0b1000_0000], length: 15), "its pixels are damaged");
        Refuses(Flat([0b0111_1111, 0xFF, 0, 0], length: 15), "pixels are missing"); // one of them is possible
    }

    [TestCase(0xDB)]
    [TestCase(0xC4)]
    public void A_picture_without_a_table_is_refused(byte marker)
    {
        byte[] file = ImageData.Bytes("gray.jpg");
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);
        Refuses([.. file[..at], .. file[(at + 2 + file[at + 2] * 256 + file[at + 3])..]], "a table for its pixels is missing");
    }

    [Test]
    public void Codes_that_cannot_be_told_apart_are_refused()
    {
        byte[] file = Flat(new byte[Blocks * 2 / 8]);
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        file[at + 5] = 3; // three codes of one bit
        Refuses([.. file[..(at + 2)], 0, 24, .. file[(at + 4)..(at + 22)], 0, 0, .. file[(at + 22)..]], "a table for its pixels is damaged");
    }

    [TestCase(0xD3, Description = "another number")]
    [TestCase(0xD0, Description = "the same twice")]
    public void Restart_markers_out_of_order_are_refused(byte marker)
    {
        byte[] file = ImageData.Bytes("restart.jpg");
        file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD1]) + 1] = marker;
        Refuses(file, "pixels are missing");
    }

    private void Refuses(byte[] file, string message)
    {
        File.WriteAllBytes(At("a"), file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<ImageFileException>(() => ImageFile.Read(At("a")));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.InRange(0, MostBytes), "bytes of memory");
        Assert.That(failure.Message, Does.Contain(message));
    }

    private static void Check(byte[] file)
    {
        ImageReader image = JpegReader.Open(new MemoryStream(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        image.Check();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.InRange(0, MostBytes), "bytes of memory");
    }

    /// <summary>
    /// A gray picture of 100 megapixels whose Huffman codes have the one code 0 each: for means, a difference of so many bits; for other
    /// coefficients, that none follows. A block of no difference is two bits, then: 00.
    /// </summary>
    private static byte[] Flat(byte[] pixels, byte length = 0) =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat<byte>(1, 64),
        0xFF, 0xC0, 0, 11, 8, Side >> 8, Side & 255, Side >> 8, Side & 255, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, length,
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
        .. pixels,
        0xFF, 0xD9,
    ];
}

using System.Buffers.Binary;
using System.IO.Compression;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images.Formats;

/// <summary>
/// JPEG files of every subsampling at widths and heights from 1 to 33, beside the pixels that djpeg of libjpeg-turbo 2.1.5 makes of them.
/// The files were written by its cjpeg (-sample, -progressive, -restart, -grayscale, -rgb) from drawings with noise. A file of Data/Subsampling
/// is a gzip of records: height, width, two bytes of length, the JPEG, and height · width · 1 or 3 values.
/// </summary>
[TestFixture]
public sealed class JpegSubsamplingTests : FolderFixture
{
    private static string Folder => ImageData.PathOf("Subsampling");

    private static IEnumerable<string> Names =>
        Directory.GetFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Pixels_are_those_of_libjpeg_to_the_last_bit(string name)
    {
        int channels = name == "gray" ? 1 : 3;
        HashSet<int> heights = [], widths = [];
        foreach ((int height, int width, byte[] file, byte[] pixels) in Records(name, channels))
        {
            File.WriteAllBytes(At("a.jpg"), file);
            Picture picture = ImageFile.Read(At("a.jpg"));
            Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((height, width, channels)));
            byte[] read = Array.ConvertAll(picture.Color, value => (byte)MathF.Round(value * 255));
            Assert.That(read, Is.EqualTo(pixels), $"{height} x {width}");
            heights.Add(height);
            widths.Add(width);
        }

        Assert.That(heights, Is.EquivalentTo(Enumerable.Range(1, 33)));
        Assert.That(widths, Is.EquivalentTo(Enumerable.Range(1, 33)));
    }

    private static IEnumerable<(int Height, int Width, byte[] File, byte[] Pixels)> Records(string name, int channels)
    {
        using var data = new GZipStream(File.OpenRead(Path.Combine(Folder, name + ".gz")), CompressionMode.Decompress);
        byte[] head = new byte[4];
        while (data.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            byte[] file = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(2))];
            byte[] pixels = new byte[head[0] * head[1] * channels];
            data.ReadExactly(file);
            data.ReadExactly(pixels);
            yield return (head[0], head[1], file, pixels);
        }
    }
}

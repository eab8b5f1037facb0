using System.Text.Json;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>
/// Files of each kind that is read, 13 × 9 pixels, beside what Pillow 9.4 reads from them (Data/expected.json: values of 8 bits in
/// hexadecimal; it rounds 5 bits down). They were written by Pillow, ImageMagick 6.9 and cjpeg of libjpeg-turbo 2.1; the BMP files
/// top-down and gap, 16.tga, ycck.jpg and PNG files of gray below 8 bits were put together from their specifications.
/// </summary>
[TestFixture]
public sealed class ImageKindsTests
{
    private sealed record Expected(int Height, int Width, int Samples, bool Exact, string Values);

    private static readonly Dictionary<string, Expected> All = JsonSerializer.Deserialize<Dictionary<string, Expected>>(
        File.ReadAllText(PathOf("expected.json")), JsonSerializerOptions.Web)!;

    private static IEnumerable<string> Names => All.Keys;

    [TestCaseSource(nameof(Names))]
    public void A_file_becomes_the_picture_that_Pillow_reads(string name)
    {
        Expected expected = All[name];
        Picture picture = ImageFile.Read(PathOf(name));
        Assert.That((picture.Height, picture.Width), Is.EqualTo((expected.Height, expected.Width)));
        Assert.That(picture.Alpha is not null, Is.EqualTo(expected.Samples is 2 or 4), "transparency");
        // BMP files have no gray: Pillow makes one of a palette without colours.
        int channels = expected.Samples >= 3 || name.EndsWith(".bmp", StringComparison.Ordinal) ? 3 : 1;
        Assert.That(picture.Channels, Is.EqualTo(channels));
        byte[] values = Convert.FromHexString(expected.Values);
        double tolerance = !expected.Exact ? MostOfJpegs : name.StartsWith("16", StringComparison.Ordinal) ? 1 : 1e-4;
        double sum = 0;
        for (int pixel = 0; pixel < values.Length / expected.Samples; pixel++)
        {
            for (int c = 0; c < channels; c++)
            {
                int sample = pixel * expected.Samples + (expected.Samples >= 3 ? c : 0);
                double value = picture.Color[pixel * channels + c] * 255.0;
                Assert.That(value, Is.EqualTo((double)values[sample]).Within(tolerance), $"{pixel}, {c}");
                sum += Math.Abs(value - values[sample]);
            }

            if (picture.Alpha is not null)
                Assert.That(picture.Alpha[pixel] * 255.0, Is.EqualTo((double)values[(pixel + 1) * expected.Samples - 1]).Within(1e-4));
        }

        Assert.That(sum / picture.Color.Length, Is.InRange(0, MeanOfJpegs));
    }

    /// <summary>Decoders of JPEG differ in rounding, and in how they enlarge colours of half the resolution, most at the border.</summary>
    private const double MostOfJpegs = 10, MeanOfJpegs = 1.5;

    private static string PathOf(string name) => ImageData.PathOf(name);
}

using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tests.App;

namespace Zssr.Tests.Nn.Jpeg;

/// <summary>What a picture loses as a JPEG, against the standard's formulas in float64 and against another encoder.</summary>
public sealed class JpegDamageTests : FolderFixture
{
    private const int Side = 8;

    private const string Quality75 =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5"
        + "PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAAR"
        + "CAAgADADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG"
        + "E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG"
        + "h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB"
        + "AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk"
        + "NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0"
        + "tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDT1hNmn+WD8zjnjtXArY4uGlPVjgcdv8/y"
        + "r0G7je7HH8XA9hXJax/o77VGCflXnpWFBf7Vub0r/Vi7pURuJAqnIHyr71e8Q262lgcEfKMDjqal8IWpYeaRwvA+tN8XEvmMfdXr9a0zJfvV"
        + "qc+W35mcNodj5up72OQpyTjqa9BnT/Q1iB7Zbj8q5rS4Pspyw6fM31rrLCBrpcsM5+ZvpXTil/sy1Mnf6ybkFoBYtKVGWGBx2rzvWB9o1Tao"
        + "BAO1fevV9Tj+z6XtUYJXavPSvO1sS180pHCnA57/AOf51xUOX60dtJP6sdJocaWlgMAfKMDjqapalaiVy7DIXk+5q/p6F8Rj7q9ee9W9ZtPs"
        + "tiSwwQNzc96vMuX2qOfLU+ZnBHH2tYgB1y39K9A0m1WLS97AAsMk+grhdLtHutVywzltzc9q9HmQppwjH3nHPPaurFcv1ZGTT+tH/9k=";

    private const string Quality85FullColour =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExci"
        + "JCIeJBweHx7/2wBDAQUFBQcGBw4ICA4eFBEUHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh7/wAAR"
        + "CAAgADADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG"
        + "E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG"
        + "h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB"
        + "AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk"
        + "NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0"
        + "tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDe8YRiLRPIRvnkXnA6L/8AX/xrxM1lL2mx"
        + "rk01bY8dj0kLfPct1c7V47Z5/X+VezkcpaaHoZpJcmx2fhWA3k6pGQyjCIMdT69fX+lexmspez2PjKUl7XY1/iDZx6doxAIJRcLlfvMfx9ea"
        + "+DjKXttj7zBSXstjyrwRpf2jX/Nc5EbbiSOrZ47/AI/hX6Dl0pey2Pmc4kubY9nvoh/ZaWqN/DufA/Idfx/Kvm88lK+xllMlzbFvVopdRXAB"
        + "Afhc/wAK/n6c1xZq17Q9DJqcrHm/jD/Q5NkY2sfkQZ5A9fXgf0r2MjaPRzSEuQ7P4RWDMpuWXhBtX645/T+dezmrXsz4ulCXthnxbZpSYF+5"
        + "GOcHq3/1v8a+Ci17Y+8wUJeyOQ8LWgsCDIMEHe/Pf06/QV+g5c17I+aziEuY9I0G0kv0zIMgje/Pb06/QV85njVzHKYS5zrLHTkXR3uWRcuu"
        + "1eO3f9f5V5Oa037Tc9LJpOx4l4wUXniHZGqsofYg7E56/n/SvZyOD01PQzST5D1jwNBDp2jKAqkouFyPvMf/AK/NexmtN+z3Pi6Un7UyvElg"
        + "LiZpXUER/MSR1bt/j+FfBxpv22595gpP2Rw7lP7SS1QL97c+B+Q/r+VfoOXU37Lc+aziT5j2fwnYR2/h7zXVVMi7iSOi44/x/Gvm88pu+5ll"
        + "Mnzmz4mhNn4d2RgqxTYg3cgY6/gP6V52a1F7Q9TJowtueJR6Uzau9yynCHavI69/0/nXsZHUWh6GaRhybnfaBG0pWBc7Ixzgjlv/AK3+Nezm"
        + "tRezPi6UYe13NHxlp32DR2MikEKXfkdfTr+FfBRqL2x97gow9lueT+FtOlv/ABGDIpIL7357enX6Cv0HLqi9kfM5xGHNue5XkbRaGIFB3yLz"
        + "gjhf/r/4185nlRXMspUObc//2Q==";

    /// <summary>ITU-T T.81, table K.1: the first and the last row.</summary>
    [Test]
    public void Quality_50_is_the_standards_own_table()
    {
        var tables = JpegCompression.OfQuality(50);
        Assert.That(tables.Luma.Take(8), Is.EqualTo(new[] { 16, 11, 10, 16, 24, 40, 51, 61 }));
        Assert.That(tables.Luma.Skip(56), Is.EqualTo(new[] { 72, 92, 95, 98, 112, 100, 103, 99 }));
        Assert.That(tables.BlueDifference.Take(8), Is.EqualTo(new[] { 17, 18, 24, 47, 99, 99, 99, 99 }));
        Assert.That(tables.BlueDifference.Skip(24).Take(8), Is.EqualTo(new[] { 47, 66, 99, 99, 99, 99, 99, 99 }));
    }

    /// <summary>The first rows that libjpeg's cjpeg writes with -quality 75 and 10, and 1s only at 100.</summary>
    [TestCase(75, new[] { 8, 6, 5, 8, 12, 20, 26, 31 })]
    [TestCase(10, new[] { 80, 55, 50, 80, 120, 200, 255, 255 })]
    [TestCase(100, new[] { 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void Other_qualities_are_scaled_as_libjpeg_does(int quality, int[] row)
    {
        var tables = JpegCompression.OfQuality(quality);
        Assert.That(tables.Luma.Take(8), Is.EqualTo(row));
        Assert.That(tables.NearestQuality, Is.EqualTo(quality));
    }

    [Test]
    public void Transposed_tables_have_rows_as_columns()
    {
        var tables = JpegCompression.OfQuality(75, down: 1, across: 2);
        JpegCompression turned = tables.Transposed();
        Assert.That(turned.Luma[3], Is.EqualTo(tables.Luma[24]));
        Assert.That((turned.Down, turned.Across), Is.EqualTo((2, 1)));
        Assert.That(turned.Transposed().Luma, Is.EqualTo(tables.Luma));
    }

    /// <summary>f → round(F/q)·q → f by the double sums of ITU-T T.81, A.3.3, in float64.</summary>
    [TestCase(75)]
    [TestCase(20)]
    public void A_gray_picture_is_quantised_block_by_block_as_the_standard_says(int quality)
    {
        const int Height = 16, Width = 24;
        var random = new Random(quality);
        float[] bytes = [.. Enumerable.Range(0, Height * Width).Select(_ => (float)random.Next(256))];
        var tables = JpegCompression.OfQuality(quality);
        float[] damaged = Damaged(bytes, Height, Width, 1, tables);

        for (int top = 0; top < Height; top += Side)
        {
            for (int left = 0; left < Width; left += Side)
            {
                double[,] expected = Quantised((y, x) => bytes[(top + y) * Width + left + x] - 128, tables.Luma);
                for (int i = 0; i < Side * Side; i++)
                {
                    double level = Math.Clamp(Math.Round(expected[i / Side, i % Side] + 128), 0, 255);
                    Assert.That(damaged[(top + i / Side) * Width + left + i % Side], Is.EqualTo(level).Within(1.001));
                }
            }
        }
    }

    [TestCase(3, 5)]
    [TestCase(9, 14)]
    public void Where_the_blocks_are_is_where_they_would_be_in_a_larger_picture(int top, int left)
    {
        const int Height = 20, Width = 28;
        float[] part = Photograph(Height, Width);
        float[] whole = new float[(Height + top) * (Width + left) * 3];
        for (int i = 0; i < whole.Length / 3; i++)
        {
            (int row, int column) = (Math.Max(i / (Width + left) - top, 0), Math.Max(i % (Width + left) - left, 0));
            part.AsSpan((row * Width + column) * 3, 3).CopyTo(whole.AsSpan(3 * i));
        }

        float[] expected = Damaged(whole, Height + top, Width + left, 3, JpegCompression.OfQuality(60));
        float[] actual = Damaged(part, Height, Width, 3, JpegCompression.OfQuality(60), top, left);
        for (int i = 0; i < Height * Width; i++)
        {
            int other = (i / Width + top) * (Width + left) + i % Width + left;
            Assert.That(actual.AsSpan(3 * i, 3).ToArray(), Is.EqualTo(expected.AsSpan(3 * other, 3).ToArray()), $"pixel {i}");
        }
    }

    /// <summary>libjpeg's files (cjpeg 2.1.5) of the picture below, decoded: a coefficient in a hundred falls to the other side of a half.</summary>
    [TestCase(75, 2)]
    [TestCase(85, 1)]
    public void Libjpegs_file_decoded_is_the_same_but_for_a_few_coefficients(int quality, int halving)
    {
        File.WriteAllBytes(At("a.jpg"), Convert.FromBase64String(quality == 75 ? Quality75 : Quality85FullColour));
        Picture decoded = ImageFile.Read(At("a.jpg"));
        Assert.That(decoded.Compression!.Luma, Is.EqualTo(JpegCompression.OfQuality(quality).Luma));
        Assert.That(decoded.Compression.RedDifference, Is.EqualTo(JpegCompression.OfQuality(quality).RedDifference));
        Assert.That((decoded.Compression.Down, decoded.Compression.Across), Is.EqualTo((halving, halving)));

        float[] ours = Damaged(Photograph(decoded.Height, decoded.Width), decoded.Height, decoded.Width, 3, decoded.Compression);
        double[] apart = [.. ours.Zip(decoded.Color, (a, b) => Math.Abs(a - 255.0 * b))];
        Assert.That(apart.Average(), Is.LessThan(0.75));
        Assert.That(apart.Count(d => d < 1.5) / (double)apart.Length, Is.GreaterThan(0.85));
    }

    /// <summary>
    /// The encoder is StbImageWriteSharp, which has another cosine transform and keeps fractions where others round; it halves colours up to
    /// quality 90. So some coefficients fall on the other side of a half, which changes their block by about a level; many at a high quality, where steps are as small as what is rounded.
    /// </summary>
    [TestCase(50, 2)]
    [TestCase(75, 2)]
    [TestCase(92, 1)]
    public void Another_encoders_file_decoded_is_the_same_within_a_level(int quality, int halving)
    {
        const int Height = 64, Width = 80;
        float[] bytes = Photograph(Height, Width);
        string path = At("a.jpg");
        ImageFile.Write(path, new Picture(Height, Width, 3, [.. bytes.Select(value => value / 255)]), new WritingOptions(quality));
        Picture decoded = ImageFile.Read(path);
        JpegCompression tables = decoded.Compression!;
        Assert.That((tables.Down, tables.Across), Is.EqualTo((halving, halving)));
        Assert.That(tables.Luma, Is.EqualTo(JpegCompression.OfQuality(quality).Luma), "the encoder scales tables as libjpeg does");

        float[] ours = Damaged(bytes, Height, Width, 3, tables);
        double[] apart = [.. ours.Zip(decoded.Color, (a, b) => Math.Abs(a - 255.0 * b))];
        double damage = bytes.Zip(decoded.Color, (a, b) => Math.Abs(a - 255.0 * b)).Average();
        Assert.That(apart.Average(), Is.LessThan(1.5).And.LessThan(0.4 * damage));
    }

    [Test]
    public void A_file_that_is_turned_has_its_tables_turned()
    {
        float[] bytes = Photograph(16, 24);
        ImageFile.Write(At("a.jpg"), new Picture(16, 24, 3, [.. bytes.Select(value => value / 255)]), new WritingOptions(50));
        byte[] file = File.ReadAllBytes(At("a.jpg"));
        // EXIF that says "to be turned clockwise", after the start of the image: a TIFF header and one entry, 0x0112, short, 6.
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0".Select(c => (byte)c),
        ];
        File.WriteAllBytes(At("b.jpg"), [.. file[..2], .. exif, .. file[2..]]);

        Picture turned = ImageFile.Read(At("b.jpg"));
        Assert.That((turned.Height, turned.Width), Is.EqualTo((24, 16)));
        Assert.That(turned.Compression!.Luma, Is.EqualTo(ImageFile.Read(At("a.jpg")).Compression!.Transposed().Luma));
    }

    [Test]
    public void Other_formats_have_no_tables()
    {
        ImageFile.Write(At("a.png"), new Picture(8, 8, 3, new float[192]));
        Assert.That(ImageFile.Read(At("a.png")).Compression, Is.Null);
    }

    /// <summary>Bytes of a picture with edges, slopes, texture and colours.</summary>
    private static float[] Photograph(int height, int width)
    {
        float[] bytes = new float[height * width * 3];
        for (int i = 0; i < bytes.Length; i++)
        {
            (int row, int column, int c) = (i / 3 / width, i / 3 % width, i % 3);
            double value = 90 + 2 * row + 50 * Math.Sin(0.3 * column + c) + ((row + 2 * column) / 13 % 2 == 0 ? 30 : 0)
                + (7 * row + 13 * column + 5 * c) * 37 % 13 - 6;
            bytes[i] = (float)Math.Clamp(Math.Floor(value + 0.5), 0, 255);
        }

        return bytes;
    }

    private static float[] Damaged(float[] bytes, int height, int width, int channels, JpegCompression tables, int top = 0, int left = 0)
    {
        float[] values = [.. bytes.Select(value => value / 255)];
        JpegDamage.Apply(values, height, width, channels, tables, top, left);
        return [.. values.Select(value => value * 255)];
    }

    private static double[,] Quantised(Func<int, int, double> sample, IReadOnlyList<int> steps)
    {
        double[,] coefficients = new double[Side, Side], samples = new double[Side, Side];
        static double Cosine(int u, int x) => (u == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos((2 * x + 1) * u * Math.PI / 16);
        for (int u = 0; u < Side; u++)
        {
            for (int v = 0; v < Side; v++)
            {
                double sum = 0;
                for (int i = 0; i < Side * Side; i++)
                    sum += sample(i / Side, i % Side) * Cosine(u, i / Side) * Cosine(v, i % Side);
                coefficients[u, v] = Math.Round(sum / steps[u * Side + v], MidpointRounding.AwayFromZero) * steps[u * Side + v];
            }
        }

        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                for (int i = 0; i < Side * Side; i++)
                    samples[y, x] += coefficients[i / Side, i % Side] * Cosine(i / Side, y) * Cosine(i % Side, x);
            }
        }

        return samples;
    }
}

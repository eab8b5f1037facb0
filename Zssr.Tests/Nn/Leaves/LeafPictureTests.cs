using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Zssr.Nn;

namespace Zssr.Tests.Nn.Leaves;

/// <summary>Drawn pictures are the same everywhere, and have what the literature says that photographs have.</summary>
[RunsApart]
public sealed class LeafPictureTests
{
    private const int Side = 128;

    private static readonly Lazy<float[][]> Some =
        new(() => [.. ParallelEnumerable.Range(0, 12).AsOrdered().Select(number => LeafPicture.Draw(Side, Side, seed: 7, number))]);

    [Test]
    public void A_picture_is_the_same_on_every_machine_and_thread()
    {
        float[] here = LeafPicture.Draw(48, 40, seed: 1, number: 3);
        float[] there = Task.Run(() => LeafPicture.Draw(48, 40, seed: 1, number: 3)).Result;
        Assert.That(there, Is.EqualTo(here));
        Assert.That(Hash(here), Is.EqualTo("a020d7e99e70ce7a"));
    }

    [Test]
    public void Another_number_or_seed_is_another_picture()
    {
        string[] hashes =
        [
            Hash(LeafPicture.Draw(16, 16, 1, 0)), Hash(LeafPicture.Draw(16, 16, 1, 1)), Hash(LeafPicture.Draw(16, 16, 2, 0)),
            Hash(LeafPicture.Draw(16, 16, 1, int.MaxValue)),
        ];
        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Values_are_those_of_8_bits()
    {
        foreach (float value in Some.Value[0])
            Assert.That(value, Is.EqualTo((float)(Math.Round(value * 255.0) / 255)).And.InRange(0f, 1f));
    }

    /// <summary>Of a picture that looks alike at every distance, halving it does not change how much neighbours differ.</summary>
    [Test]
    public void Neighbours_differ_as_much_after_halving_the_pictures()
    {
        double whole = 0, half = 0, quarter = 0;
        foreach (double[] luma in Some.Value.Select(Luma))
        {
            double[] halved = Halved(luma, Side), again = Halved(halved, Side / 2);
            whole += Differences(luma, Side).Average(d => d * d);
            half += Differences(halved, Side / 2).Average(d => d * d);
            quarter += Differences(again, Side / 4).Average(d => d * d);
        }

        TestContext.Out.WriteLine($"{half / whole:F2}, {quarter / half:F2}");
        Assert.That(half / whole, Is.InRange(0.7, 1.8));
        Assert.That(quarter / half, Is.InRange(0.7, 1.8));
    }

    /// <summary>Most neighbours are alike, and some differ much: photographs have a kurtosis of 10 to 20, Gaussian noise of 3.</summary>
    [Test]
    public void Differences_of_neighbours_have_heavy_tails()
    {
        double[] differences = [.. Some.Value.SelectMany(picture => Differences(Luma(picture), Side))];
        double variance = differences.Average(d => d * d), kurtosis = differences.Average(d => d * d * d * d) / (variance * variance);
        TestContext.Out.WriteLine($"{kurtosis:F1}");
        Assert.That(kurtosis, Is.InRange(7, 60));
    }

    /// <summary>Brightness varies most, blue against yellow less, red against green least (Ruderman, Cronin and Chiao 1998).</summary>
    [Test]
    public void Colours_vary_as_those_of_photographs()
    {
        double brightness = 0, blueYellow = 0, redGreen = 0;
        foreach (float[] picture in Some.Value)
        {
            float[][] pixels = [.. picture.Chunk(3)];
            brightness += Variance([.. pixels.Select(p => (p[0] + p[1] + p[2]) / 3.0)]);
            blueYellow += Variance([.. pixels.Select(p => (p[0] + p[1]) / 2.0 - p[2])]);
            redGreen += Variance([.. pixels.Select(p => (double)p[0] - p[1])]);
        }

        TestContext.Out.WriteLine($"{brightness:F3} {blueYellow:F3} {redGreen:F3}");
        Assert.That(blueYellow, Is.InRange(0.02 * brightness, 0.8 * brightness));
        Assert.That(redGreen, Is.InRange(0.01 * brightness, 0.9 * blueYellow));
    }

    [TestCase(7, 20, 0)]
    [TestCase(20, 5000, 0)]
    [TestCase(20, 20, -1)]
    public void What_cannot_be_drawn_is_refused(int height, int width, int number) =>
        Assert.That(() => LeafPicture.Draw(height, width, 1, number), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static string Hash(float[] picture) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(picture)))[..16];

    private static double[] Luma(float[] picture) => [.. picture.Chunk(3).Select(p => (p[0] + p[1] + p[2]) / 3.0)];

    private static double[] Halved(double[] image, int side) =>
    [
        .. Enumerable.Range(0, side / 2 * (side / 2)).Select(i =>
        {
            int at = i / (side / 2) * 2 * side + i % (side / 2) * 2;
            return (image[at] + image[at + 1] + image[at + side] + image[at + side + 1]) / 4;
        }),
    ];

    private static IEnumerable<double> Differences(double[] image, int side)
    {
        for (int i = 0; i < image.Length; i++)
        {
            if (i % side != side - 1)
                yield return image[i + 1] - image[i];
        }
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>What the paper's recipe draws, and how often.</summary>
public sealed partial class PaperDrawTests
{
    private static readonly PairSettings Mapped = new() { PlainShare = 0, TurnedShare = 0 };

    [Test]
    public void A_twentieth_is_plain_nine_twentieths_are_turned_and_half_is_mapped()
    {
        const int Draws = 3000;
        Dictionary<string, int> counts = Origins(new PairSettings(), Draws, 6, 6)
            .GroupBy(origin => origin.Transform.StartsWith("scaled", StringComparison.Ordinal) ? "mapped" : origin.Transform)
            .ToDictionary(group => group.Key, group => group.Count());

        AssertShare(counts["mapped"], 0.5);
        AssertShare(counts["0°"], 0.05 + 0.45 / 8);
        foreach (Variant variant in Variant.Eight.Skip(1))
            AssertShare(counts[variant.ToString()], 0.45 / 8);
        Assert.That(counts, Has.Count.EqualTo(9));

        static void AssertShare(int count, double share) => Assert.That(
            (double)count / Draws, Is.EqualTo(share).Within(4 * Math.Sqrt(share * (1 - share) / Draws)));
    }

    [Test]
    public void Crops_lie_inside_and_everywhere()
    {
        PairSettings settings = new() { PlainShare = 1, TurnedShare = 0, CropSize = 8 };
        List<PairOrigin> origins = Origins(settings, 400, 10, 12);

        Assert.That(origins.Select(origin => origin.Top).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 3)));
        Assert.That(origins.Select(origin => origin.Left).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 5)));
    }

    [Test]
    public void Scales_are_uniform_from_a_half_to_the_largest_so_far([Values(1, 2)] int largest)
    {
        PairSettings settings = Mapped with { ScaleDifference = 0, CropSize = 4 };
        FatherSource[] sources = Sources(largest == 1 ? [1] : [1, 1.5, 2]);
        try
        {
            using var pairs = new PaperPairs(sources, new ImResizeRescaling(), new Scale(2), settings, seed: 1, stage: 0, peak: 1);
            List<PairOrigin> origins = Origins(pairs, 1000);
            double[] scales = [.. origins.Select(origin => Rows(origin) * sources[origin.Source].Scale.Vertical)];

            Assert.That(
                Distributions.LargestDeviation(scales, x => Math.Clamp((x - 0.5) / (largest - 0.5), 0, 1)),
                Is.LessThan(Distributions.Bound(scales.Length) + 0.02)); // two decimals are written
            // The smallest source that is at least as large.
            foreach ((PairOrigin origin, double scale) in origins.Zip(scales))
                Assert.That(Rows(origin), Is.InRange(origin.Source == 0 ? 0.5 : origin.Source == 1 ? 0.66 : 0.75, 1.0), $"scale {scale}");
        }
        finally
        {
            foreach (FatherSource source in sources)
                source.Image.Dispose();
        }
    }

    [Test]
    public void The_sides_scales_differ_by_a_quarter_shears_by_a_tenth_and_angles_are_uniform()
    {
        List<PairOrigin> origins = Origins(Mapped with { SmallestScale = 0.99, CropSize = 4 }, 1000, 8, 8);
        double[] differences = [.. origins.Select(origin => Columns(origin) - Rows(origin))];
        double[] shears = [.. origins.SelectMany(Shears)];
        double[] angles = [.. origins.Select(Angle)];

        AssertNormal(differences, 0.25);
        AssertNormal(shears, 0.1);
        Assert.That(
            Distributions.LargestDeviation(angles, x => Math.Clamp(x / 360, 0, 1)), Is.LessThan(Distributions.Bound(angles.Length) + 0.01));
        Assert.That(origins.Average(origin => Rows(origin)), Is.EqualTo(0.995).Within(0.02));
    }

    [TestCase(5, 7)]
    [TestCase(4, 40)]
    public void Small_images_shrink_the_crop_and_nothing_else_does(int height, int width)
    {
        PairSettings settings = new PairSettings { CropSize = 32 } with { PlainShare = 1, TurnedShare = 0 };
        using Tensor image = PlainImages.Noise(height, width, 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu));
        using PaperPairs pairs = Of(image, settings);
        using TrainingPair pair = pairs.Draw(0);

        Assert.That(pair.Father.Shape, Is.EqualTo(Shape.Create([1, Math.Min(height, 32), Math.Min(width, 32), 1])));
    }

    [Test]
    public void Real_photographs_are_neither_turned_nor_sheared_nor_stretched()
    {
        List<PairOrigin> origins = Origins(ZssrPresets.Real.Pairs, 300, 8, 8);
        PairOrigin[] mapped = [.. origins.Where(origin => origin.Transform.StartsWith("scaled", StringComparison.Ordinal))];

        Assert.That(origins.Except(mapped).Select(origin => origin.Transform), Is.All.EqualTo("0°"));
        Assert.That(mapped.Select(Angle), Is.All.Zero);
        Assert.That(mapped.SelectMany(Shears), Is.All.Zero);
        Assert.That(mapped.Select(origin => Columns(origin) - Rows(origin)), Is.All.Zero);
        Assert.That(mapped.Select(Rows), Is.All.InRange(0.75, 1.0));
    }

    private static void AssertNormal(double[] numbers, double deviation)
    {
        Assert.That(numbers.Average(), Is.EqualTo(0).Within(4 * deviation / Math.Sqrt(numbers.Length)));
        Assert.That(
            Distributions.LargestDeviation(numbers, x => Distributions.Normal(x / deviation)),
            Is.LessThan(Distributions.Bound(numbers.Length) + 0.02 * 0.1 / deviation)); // two decimals are written
    }

    private static List<PairOrigin> Origins(PairSettings settings, int draws, int height, int width)
    {
        using Tensor image = PlainImages.Noise(height, width, 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu));
        using PaperPairs pairs = Of(image, settings);
        return Origins(pairs, draws);
    }

    private static List<PairOrigin> Origins(PaperPairs pairs, int draws)
    {
        var origins = new List<PairOrigin>();
        for (int iteration = 0; iteration < draws; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            origins.Add(pair.Origin);
        }

        return origins;
    }

    private static FatherSource[] Sources(double[] scales) => [.. scales.Select(scale => new FatherSource(
        PlainImages.Noise((int)(8 * scale), (int)(8 * scale), 1, seed: 1).On(OpenDevices.Get(TestDevice.Cpu)), new Scale(scale)))];

    private static PaperPairs Of(Tensor image, PairSettings settings) => new(
        [new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(2), settings, seed: 11, stage: 0, peak: 1);

    private static double Rows(PairOrigin origin) => Number(origin, 1);

    private static double Columns(PairOrigin origin) => Number(origin, 2);

    private static double Angle(PairOrigin origin) => Number(origin, 3);

    private static double[] Shears(PairOrigin origin) => [Number(origin, 4), Number(origin, 5)];

    private static double Number(PairOrigin origin, int group) =>
        double.Parse(Description().Match(origin.Transform).Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^scaled ([\d.]+)x([\d.]+)(?: mirrored)?, (\d+)°, shear (-?[\d.]+) (-?[\d.]+)$")]
    private static partial Regex Description();
}

using Zssr.Nn;

namespace Zssr.Tests.Nn.Leaves;

/// <summary>What drawings are made of.</summary>
[RunsApart]
public sealed class LeafPartsTests
{
    /// <summary>P(size &gt; x) = (x⁻² − largest⁻²) / (smallest⁻² − largest⁻²): the density ∝ r⁻³, integrated.</summary>
    [Test]
    public void Sizes_follow_the_cubic_power_law()
    {
        var random = new LeafRandom(seed: 3, number: 0);
        double[] sizes = [.. Enumerable.Range(0, 20_000).Select(_ => random.Size(2, 64))];
        Assert.That(sizes, Has.All.InRange(2, 64.0001));
        foreach (double x in new[] { 2.5, 4, 8, 16 })
        {
            double expected = (1 / (x * x) - 1 / 4096.0) / (1 / 4.0 - 1 / 4096.0);
            Assert.That(sizes.Count(size => size > x) / 20_000.0, Is.EqualTo(expected).Within(0.012), $"beyond {x}");
        }
    }

    [Test]
    public void The_bell_has_mean_0_and_variance_1()
    {
        var random = new LeafRandom(seed: 4, number: 0);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.Bell())];
        Assert.That(values.Average(), Is.EqualTo(0).Within(0.03));
        Assert.That(values.Average(value => value * value), Is.EqualTo(1).Within(0.03));
        Assert.That(values, Has.All.InRange(-3.47, 3.47));
    }

    [Test]
    public void Noise_repeats_without_a_seam_and_has_variance_1()
    {
        var noise = new NoiseTile(new LeafRandom(seed: 5, number: 0), roughness: 1);
        Assert.That(noise.At(131.25, -3.5), Is.EqualTo(noise.At(3.25, 124.5)));
        double[] values = [.. Enumerable.Range(0, 128 * 128).Select(i => noise.At(i % 128, i / 128))];
        Assert.That(values.Average(value => value * value), Is.InRange(0.4, 2));
    }

    [TestCase(1)]
    [TestCase(4)]
    public void Blur_is_three_running_means_along_each_axis(int radius)
    {
        var canvas = new LeafCanvas(9, 11);
        float[] pixels = [.. Enumerable.Range(0, 9 * 11 * 3).Select(i => (i * 37 % 101) / 101f)];
        canvas.AddBehind(pixels);

        double[] expected = [.. pixels];
        for (int round = 0; round < 3; round++)
            expected = Mean(Mean(expected, radius, (0, 1)), radius, (1, 0));

        Assert.That(canvas.Blurred(radius), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void What_is_painted_first_hides_what_comes_later()
    {
        var canvas = new LeafCanvas(4, 4);
        canvas.AddBehind([.. Enumerable.Repeat(0.25f, 48)]);
        Assert.That(canvas.Covered, Is.Zero, "a background is no leaf");
        var random = new LeafRandom(1, 0);
        canvas.Add(new Leaf(random, (4, 4), 1000, new LeafOutline.Box(1), (0.5, 0.5, 0.5), texture: null));
        float[] first = [.. canvas.Pixels];
        canvas.Add(new Leaf(random, (4, 4), 1000, new LeafOutline.Box(1), (0.9, 0.9, 0.9), texture: null));
        Assert.That(canvas.Covered, Is.EqualTo(1));
        Assert.That(canvas.Pixels, Is.EqualTo(first));
    }

    private static double[] Mean(double[] image, int radius, (int Y, int X) step) =>
    [
        .. Enumerable.Range(0, image.Length).Select(i =>
        {
            (int y, int x, int c) = (i / 33, i / 3 % 11, i % 3);
            return Enumerable.Range(-radius, 2 * radius + 1).Average(k =>
                image[(Math.Clamp(y + k * step.Y, 0, 8) * 11 + Math.Clamp(x + k * step.X, 0, 10)) * 3 + c]);
        }),
    ];
}

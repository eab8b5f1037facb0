using Zssr.App.Images;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.App.Images;

/// <summary>What each way of resizing does, on pictures small enough to compute by hand.</summary>
[TestFixture]
public sealed class ResizingTests
{
    private static Device Cpu => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Box_is_the_mean_of_the_pixels_covered() =>
        Assert.That(Halve(new(ResizeMethod.Box), 2, 4, 10, 20, 1, 2, 30, 40, 3, 4), Is.EqualTo(new[] { 25, 2.5 }));

    [Test]
    public void Rounding_each_pass_rounds_after_the_vertical_and_after_the_horizontal_one()
    {
        // Vertical first: (0 + 2) / 2 = 1 and (1 + 1) / 2 = 1, so 1. Horizontal first: 0.5 → 1 and 1.5 → 2, then 1.5 → 2.
        double[] values = [0, 1, 2, 1], transposed = [0, 2, 1, 1];
        Assert.That(Halve(new(ResizeMethod.Box), 2, 2, values), Is.EqualTo(new[] { 1.0 }));
        Assert.That(Halve(new(ResizeMethod.Box, RoundPasses: true), 2, 2, values), Is.EqualTo(new[] { 1.0 }));
        Assert.That(Halve(new(ResizeMethod.Box, RoundPasses: true), 2, 2, transposed), Is.EqualTo(new[] { 2.0 }));
    }

    [Test]
    public void The_direction_with_the_smaller_scale_is_rounded_first()
    {
        // Horizontal first: 1/4 → 0 and 1/4 → 0, so 0. Vertical first: ½ → 1, ½ → 1, 0, 0, then 2/4 → 1.
        Picture picture = new(2, 4, 1, Array.ConvertAll(new[] { 1.0, 0, 0, 0, 0, 1, 0, 0 }, value => (float)(value / 255)));
        Picture small = new Resizing(ResizeMethod.Box, RoundPasses: true).Apply(Cpu, picture, 0.5, 0.25);
        Assert.That(Steps(small), Is.EqualTo(new[] { 0.0 }));
    }

    [Test]
    public void Halves_between_two_steps_are_rounded_up_though_files_are_read_into_float32()
    {
        // By halves the cubic weights are binary fractions, and float64 sums of them and whole numbers exact: some are halves.
        Picture picture = Random(1, 8000);
        ResizeAxis table = ResizeAxis.ImResize(8000, 0.5);
        int halves = 0;
        float[] small = new Resizing(RoundPasses: true).Apply(Cpu, picture, 1, 0.5).Color;
        for (int i = 0; i < small.Length; i++)
        {
            double exact = 0;
            for (int t = i * table.Taps; t < (i + 1) * table.Taps; t++)
                exact += table.Weights[t] * Math.Round(picture.Color[table.Indices[t]] * 255.0);
            halves += exact - Math.Floor(exact) == 0.5 ? 1 : 0;
            Assert.That(small[i], Is.EqualTo((float)(Math.Clamp(Math.Floor(exact + 0.5), 0, 255) / 255)), $"pixel {i}, {exact}");
        }

        Assert.That(halves, Is.GreaterThan(5));
    }

    [Test]
    public void The_border_shows_only_near_the_border()
    {
        Picture picture = Random(32, 32);
        float[] symmetric = new Resizing().Apply(Cpu, picture, 0.5, 0.5).Color;
        float[] replicated = new Resizing(Border: ResizeBorder.Replicate).Apply(Cpu, picture, 0.5, 0.5).Color;
        for (int i = 0; i < symmetric.Length; i++)
        {
            bool isInside = i / 16 is >= 2 and < 14 && i % 16 is >= 2 and < 14;
            if (isInside)
                Assert.That(replicated[i], Is.EqualTo(symmetric[i]));
        }

        Assert.That(replicated[0], Is.Not.EqualTo(symmetric[0]).Within(1e-4f));
    }

    [Test]
    public void Interpolate_does_not_antialias_and_rounds_sizes_down()
    {
        // Stripes one pixel wide become gray when antialiased; without, at factor 3, every stripe sampled is of one colour.
        Picture stripes = new(1, 16, 1, [.. Enumerable.Range(0, 16).Select(i => i % 3 == 1 ? 1f : 0f)]);
        Picture matlab = new Resizing().Apply(Cpu, stripes, 1, 1 / 3.0);
        Picture torch = new Resizing(ResizeMethod.InterpolateBilinear).Apply(Cpu, stripes, 1, 5 / 16.0);
        Assert.That(matlab.Width, Is.EqualTo(6), "⌈16 / 3⌉");
        Assert.That(new Resizing(ResizeMethod.Interpolate).Apply(Cpu, stripes, 1, 1 / 3.0).Width, Is.EqualTo(5), "⌊16 / 3⌋");
        Assert.That(matlab.Color[2], Is.EqualTo(1 / 3f).Within(0.05f));
        Assert.That(torch.Color[0], Is.EqualTo(0.9f).Within(1e-6f), "sampled at (0 + ½) · 16/5 − ½ = 1.1");
    }

    [TestCase(98, 1 / 49.0, 2)]
    [TestCase(100, 1 / 1.1, 90)]
    [TestCase(7, 0.01, 1)]
    [TestCase(5, 1.5, 7)]
    public void Interpolate_has_whole_sizes_where_the_product_is_whole_but_for_rounding(int n, double scale, int expected)
    {
        Picture picture = new(1, n, 1, new float[n]);
        Assert.That(new Resizing(ResizeMethod.Interpolate).Apply(Cpu, picture, 1, scale).Width, Is.EqualTo(expected));
    }

    [Test]
    public void Every_method_gives_another_picture()
    {
        Picture picture = Random(15, 15);
        // Not by halves or thirds, where box, or cubic and straight interpolation, agree.
        double[] results = [.. Enum.GetValues<ResizeMethod>()
            .Select(method => new Resizing(method).Apply(Cpu, picture, 0.4, 0.4).Color.Sum(value => (double)value * value))];
        Assert.That(results, Is.Unique);
    }

    [Test]
    public void Transparency_is_resized_and_invisible_colours_do_not_bleed()
    {
        float[] alpha = [.. Enumerable.Range(0, 8).Select(i => i < 4 ? 1f : 0f)], color = [.. alpha]; // white, and black where invisible
        Picture twice = new Resizing().Apply(Cpu, new Picture(1, 8, 1, color, alpha), 2, 2);
        Assert.That((twice.Height, twice.Width), Is.EqualTo((2, 16)));
        Assert.That(twice.Color, Is.All.EqualTo(1).Within(1e-6f));
        Assert.That(twice.Alpha![0], Is.EqualTo(1).Within(1e-6f));
        Assert.That(twice.Alpha[15], Is.Zero.Within(1e-6f));
    }

    private static double[] Halve(Resizing resizing, int height, int width, params double[] values)
    {
        Picture picture = new(height, width, 1, Array.ConvertAll(values, value => (float)(value / 255)));
        return Steps(resizing.Apply(Cpu, picture, 0.5, width == 1 ? 1 : 0.5));
    }

    /// <summary>In steps of 8 bits; the thousandths are float32's.</summary>
    private static double[] Steps(Picture picture) => Array.ConvertAll(picture.Color, value => Math.Round(value * 255.0, 3));

    private static Picture Random(int height, int width)
    {
        var random = new Random(3);
        return new Picture(height, width, 1, [.. Enumerable.Range(0, height * width).Select(_ => random.Next(256) / 255f)]);
    }
}

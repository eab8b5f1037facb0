using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Tensors;

/// <summary>A shifted kernel keeps its sum, nearly its size, and has its centre of mass where shrinking needs it.</summary>
public sealed class KernelShiftTests
{
    private static readonly double[] Factors = [1, 1.1, 4 / 3.0, 1.5, 2, 2.5, 3, Math.PI, 4, 5, 6.7, 8];

    private static IEnumerable<TestCaseData> Kernels()
    {
        static TestCaseData Named(string name, int height, int width, Func<int, int, double> weight)
        {
            double[,] weights = new double[height, width];
            for (int i = 0; i < height; i++)
            {
                for (int j = 0; j < width; j++)
                    weights[i, j] = weight(i, j);
            }

            return new TestCaseData(weights).SetArgDisplayNames(name);
        }

        for (int side = 1; side <= 7; side++)
            yield return Named($"box {side}", side, side, (_, _) => 1);
        yield return Named("box 2 x 5", 2, 5, (_, _) => 0.1);
        yield return Named("line 1 x 6", 1, 6, (_, _) => 1);
        foreach (double sigma in new[] { 0.3, 0.5, 1, 2, 4 })
        {
            int radius = (int)Math.Ceiling(3 * sigma);
            yield return Named(
                $"gaussian {sigma}", 2 * radius + 1, 2 * radius + 1,
                (i, j) => Math.Exp(-((i - radius) * (i - radius) + (j - radius) * (j - radius)) / (2 * sigma * sigma)));
        }

        yield return Named("corner", 5, 5, (i, j) => i == 0 && j == 0 ? 1 : 0);
        yield return Named("other corner of an even one", 6, 4, (i, j) => i == 5 && j == 3 ? 3 : 0);
        yield return Named("edge", 5, 7, (i, j) => i == 4 ? 1 : 0.01 * j);
        yield return Named("negative ring", 7, 7, (i, j) => i == 3 && j == 3 ? 4 : i is 0 or 6 || j is 0 or 6 ? -0.1 : 0.05);
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            yield return Named($"random {seed}", random.Next(1, 12), random.Next(1, 12), (_, _) => random.NextDouble() - 0.1);
        }
    }

    [TestCaseSource(nameof(Kernels))]
    public void The_sum_stays_and_the_centre_of_mass_lies_in_its_place_to_two_thousandths_of_a_pixel(double[,] weights)
    {
        var kernel = new NumericKernel(weights);
        double sum = weights.Cast<double>().Sum();
        foreach (double vertical in Factors)
        {
            foreach (double horizontal in Factors)
            {
                NumericKernel shifted = kernel.Shifted(vertical, horizontal);

                Assert.That(shifted.ToArray().Cast<double>().Sum(), Is.EqualTo(sum).Within(1e-12 * Math.Abs(sum)));
                (double row, double column) = shifted.CentreOfMass;
                Assert.That(row, Is.EqualTo(shifted.Height / 2 + (vertical - 1) / 2).Within(0.002), $"{vertical} x {horizontal}");
                Assert.That(column, Is.EqualTo(shifted.Width / 2 + (horizontal - 1) / 2).Within(0.002), $"{vertical} x {horizontal}");
                Assert.That(((shifted.Height - kernel.Height) % 2, (shifted.Width - kernel.Width) % 2), Is.EqualTo((0, 0)));
            }
        }
    }

    [TestCaseSource(nameof(Kernels))]
    public void A_flat_picture_stays_flat(double[,] weights)
    {
        double sum = weights.Cast<double>().Sum();
        var kernel = new NumericKernel(weights);
        Device cpu = OpenDevices.Get(TestDevice.Cpu);
        using Tensor flat = Tensor.From(cpu, [1, 17, 23, 3], Enumerable.Repeat(200 / 255f, 17 * 23 * 3).ToArray());
        foreach ((double vertical, double horizontal) in new[] { (1.0, 1.0), (2, 2), (4, 4), (3, 1.5), (8, 2.5) })
        {
            using Tensor small = new NumericDownscale(kernel.Shifted(vertical, horizontal), 17, 23, vertical, horizontal).Apply(flat);
            Assert.That(
                small.ToArray(), Is.All.EqualTo((float)(sum * 200 / 255)).Within(2e-6f * (float)weights.Cast<double>().Sum(Math.Abs)),
                $"{vertical} x {horizontal}");
        }
    }

    [TestCase("BSD100_100_lr_rand_ker_c_X2_0", 2, 13)]
    [TestCase("charlie_0", 2, 15)]
    public void Real_kernels_grow_little(string name, double factor, int expected)
    {
        var file = GoldenFile.Open("numeric_kernel");
        int[] shape = file.Shape(name + ".kernel");
        double[,] weights = new double[shape[0], shape[1]];
        Buffer.BlockCopy(file.Doubles(name + ".kernel"), 0, weights, 0, Buffer.ByteLength(weights));

        NumericKernel shifted = new NumericKernel(weights).Shifted(factor);

        Assert.That((shape[0], shape[1]), Is.EqualTo((9, 9)));
        Assert.That((shifted.Height, shifted.Width), Is.EqualTo((expected, expected)));
    }

    [Test]
    public void Shifts_by_whole_pixels_change_no_weight()
    {
        NumericKernel shifted = new NumericKernel(new[,] { { 0.25, 0.25 }, { 0.25, 0.25 } }).Shifted(2);

        Assert.That((shifted.Height, shifted.Width), Is.EqualTo((6, 6)));
        Assert.That(shifted.ToArray().Cast<double>().Where(weight => weight != 0), Is.EqualTo(new[] { 0.25, 0.25, 0.25, 0.25 }));
        Assert.That((shifted[3, 3], shifted[4, 4]), Is.EqualTo((0.25, 0.25)));
    }

    [Test]
    public void An_image_shrunk_with_a_lone_weight_and_enlarged_lies_on_the_original([Values(2, 3, 4)] int factor, [Values(1, 4)] int side)
    {
        double[,] weights = new double[side, side];
        weights[0, side - 1] = 1;
        const int Height = 96, Width = 120;
        // Smooth, far from the borders, off every grid point.
        var image = new Image(Height, Width, 1);
        for (int i = 0; i < Height; i++)
        {
            for (int j = 0; j < Width; j++)
                image[i, j, 0] = Math.Exp(-(Math.Pow(i - 45.3, 2) + Math.Pow(j - 63.8, 2)) / (2 * 6.0 * 6.0));
        }

        Image small = image.Downscale(new NumericKernel(weights).Shifted(factor), factor);
        Image back = small.Resize(new ImResizePlan(small.Height, small.Width, factor, factor));

        (double row, double column) = CentreOf(image);
        Assert.That(CentreOf(back).Row, Is.EqualTo(row).Within(0.01));
        Assert.That(CentreOf(back).Column, Is.EqualTo(column).Within(0.01));
    }

    [Test]
    public void Kernels_that_would_become_huge_are_refused()
    {
        Assert.That(
            () => new NumericKernel(new[,] { { 1.001, 0, 0, 0, -1 } }).Shifted(2),
            Throws.TypeOf<ShapeException>().With.Message.Contains("1 × 5").And.Message.Contains("Is it a blur kernel"));
        Assert.That(() => new NumericKernel(new[,] { { 1.0 } }).Shifted(1e9), Throws.TypeOf<ShapeException>());
    }

    private static (double Row, double Column) CentreOf(Image image)
    {
        double sum = 0, row = 0, column = 0;
        for (int i = 0; i < image.Height; i++)
        {
            for (int j = 0; j < image.Width; j++)
                (sum, row, column) = (sum + image[i, j, 0], row + i * image[i, j, 0], column + j * image[i, j, 0]);
        }

        return (row / sum, column / sum);
    }
}

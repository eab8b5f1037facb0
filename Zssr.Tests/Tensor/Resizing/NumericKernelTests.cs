using Zssr.Tensors;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Tensors;

/// <summary>Shrinking with kernels given as numbers, against SciPy's results for two real kernels, and the half-pixel alignment.</summary>
public sealed class NumericKernelTests
{
    private static readonly string[] RealKernels = ["BSD100_100_lr_rand_ker_c_X2_0", "charlie_0"];

    private static NumericKernel Kernel(GoldenFile file, string name)
    {
        int[] shape = file.Shape(name);
        double[,] weights = new double[shape[0], shape[1]];
        Buffer.BlockCopy(file.Doubles(name), 0, weights, 0, Buffer.ByteLength(weights));
        return new NumericKernel(weights);
    }

    /// <summary>A smooth spot, so wide that shrinking loses nothing of it, far from the borders, off every grid point.</summary>
    private static Image Spot(int height, int width)
    {
        var image = new Image(height, width, 1);
        for (int i = 0; i < height; i++)
        {
            for (int j = 0; j < width; j++)
                image[i, j, 0] = Math.Exp(-(Math.Pow(i - height * 0.47, 2) + Math.Pow(j - width * 0.53, 2)) / (2 * 6.0 * 6.0));
        }

        return image;
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

    [TestCaseSource(nameof(RealKernels))]
    public void Finds_the_golden_centre_of_mass(string name)
    {
        var file = GoldenFile.Open("numeric_kernel");
        double[] expected = file.Doubles(name + ".center_of_mass");

        (double row, double column) = Kernel(file, name + ".kernel").CentreOfMass;

        Assert.That(row, Is.EqualTo(expected[0]).Within(1e-9));
        Assert.That(column, Is.EqualTo(expected[1]).Within(1e-9));
    }

    [TestCaseSource(nameof(RealKernels))]
    public void Moves_weights_as_SciPy_does(string name)
    {
        var file = GoldenFile.Open("numeric_kernel");
        NumericKernel kernel = Kernel(file, name + ".kernel"), expected = Kernel(file, name + ".shifted");
        int padding = (expected.Height - kernel.Height) / 2;

        (double row, double column) = kernel.CentreOfMass;
        double[,] moved = KernelShift.Move(kernel.ToArray(), padding, kernel.Height / 2 + 0.5 - row, kernel.Width / 2 + 0.5 - column);

        Assert.That((moved.GetLength(0), moved.GetLength(1)), Is.EqualTo((expected.Height, expected.Width)));
        Assert.That(moved.Cast<double>(), Is.EqualTo(expected.ToArray().Cast<double>()).Within(1e-12));
    }

    [TestCaseSource(nameof(RealKernels))]
    public void Shrinks_an_image_to_the_golden_one(string name)
    {
        var file = GoldenFile.Open("numeric_kernel");

        Image actual = Image.FromHwc(file, "image").Downscale(Kernel(file, name + ".shifted"), factor: 2);

        actual.AssertEquals(Image.FromHwc(file, name + ".downscaled"), 1e-9);
    }

    [Test]
    public void An_image_shrunk_and_enlarged_again_lies_on_the_original_to_a_hundredth_of_a_pixel(
        [ValueSource(nameof(RealKernels))] string name, [Values(2, 3)] int factor)
    {
        Image image = Spot(96, 120);
        NumericKernel kernel = Kernel(GoldenFile.Open("numeric_kernel"), name + ".kernel").Shifted(factor);

        Image small = image.Downscale(kernel, factor);
        Image back = small.Resize(new ImResizePlan(small.Height, small.Width, factor, factor));

        (double row, double column) = CentreOf(image);
        Assert.That(CentreOf(back).Row, Is.EqualTo(row).Within(0.01));
        Assert.That(CentreOf(back).Column, Is.EqualTo(column).Within(0.01));
    }

    [Test]
    public void Each_axis_of_a_rectangular_kernel_is_shifted_for_its_own_factor()
    {
        var kernel = new NumericKernel(new double[,] { { 0.1, 0.3, 0.1, 0, 0 }, { 0.1, 0.2, 0.1, 0.05, 0.05 }, { 0, 0, 0, 0, 0 } });

        NumericKernel shifted = kernel.Shifted(verticalFactor: 3, horizontalFactor: 1.5);

        Assert.That(shifted.CentreOfMass.Row, Is.EqualTo(shifted.Height / 2 + 1).Within(0.02));
        Assert.That(shifted.CentreOfMass.Column, Is.EqualTo(shifted.Width / 2 + 0.25).Within(0.02));
    }

    [Test]
    public void A_kernel_does_not_change_with_the_array_it_came_from()
    {
        double[,] weights = { { 0.5, 0.5 } };
        var kernel = new NumericKernel(weights);

        weights[0, 0] = 9;
        kernel.ToArray()[0, 1] = 9;

        Assert.That((kernel[0, 0], kernel[0, 1]), Is.EqualTo((0.5, 0.5)));
    }

    [Test]
    public void Refuses_kernels_that_blur_nothing()
    {
        Assert.That(() => new NumericKernel(new double[0, 3]), Throws.TypeOf<ShapeException>().With.Message.Contains("0 × 3"));
        Assert.That(
            () => new NumericKernel(new double[3, 3]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("sum to 0"));
        Assert.That(() => new NumericKernel(new[,] { { double.NaN } }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NumericKernel(new double[,] { { 1 } }).Shifted(double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}

using Zssr.Tensors;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Tensors;

/// <summary>MATLAB's imresize, against golden images and against its formula written out.</summary>
public sealed class ImResizeTests
{
    /// <summary>u = p/s + ½(1 − 1/s), weights s·h(s·(u − j)) or h(u − j), normalised; p and j count from 1.</summary>
    private static double[] Definition(double[] x, double scale, int m, Func<double, double> h, bool antialias, ResizeBorder border)
    {
        int n = x.Length;
        double s = antialias && scale < 1 ? scale : 1;
        double[] y = new double[m];
        for (int p = 1; p <= m; p++)
        {
            double u = p / scale + 0.5 * (1 - 1 / scale);
            double sum = 0;
            for (int j = (int)(u - 4 / s); j <= u + 4 / s; j++)
            {
                int mirrored = ((j - 1) % (2 * n) + 2 * n) % (2 * n);
                int pixel = border == ResizeBorder.Replicate ? Math.Clamp(j, 1, n) - 1 : Math.Min(mirrored, 2 * n - 1 - mirrored);
                y[p - 1] += s * h(s * (u - j)) * x[pixel];
                sum += s * h(s * (u - j));
            }

            y[p - 1] /= sum;
        }

        return y;
    }

    private static double Kernel(ResizeKernel kernel, double x)
    {
        double d = Math.Abs(x);
        return kernel switch
        {
            ResizeKernel.Cubic when d <= 1 => 1.5 * d * d * d - 2.5 * d * d + 1,
            ResizeKernel.Cubic when d <= 2 => -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2,
            ResizeKernel.Linear when d <= 1 => 1 - d,
            ResizeKernel.Box when x is >= -0.5 and < 0.5 => 1,
            ResizeKernel.Lanczos2 or ResizeKernel.Lanczos3 when d == 0 => 1,
            ResizeKernel.Lanczos2 when d < 2 => 2 * Math.Sin(Math.PI * d) * Math.Sin(Math.PI * d / 2) / (Math.PI * Math.PI * d * d),
            ResizeKernel.Lanczos3 when d < 3 => 3 * Math.Sin(Math.PI * d) * Math.Sin(Math.PI * d / 3) / (Math.PI * Math.PI * d * d),
            _ => 0,
        };
    }

    [TestCase("half_cubic", 0.5, 0.5)]
    [TestCase("third_cubic", 1.0 / 3, 1.0 / 3)]
    [TestCase("quarter_cubic", 0.25, 0.25)]
    [TestCase("x2_cubic", 2, 2)]
    [TestCase("x1_5_cubic", 1.5, 1.5)]
    [TestCase("aniso_1_1_5_cubic", 1, 1.5)]
    [TestCase("down_aniso_1_0_6667_cubic", 1, 1 / 1.5)]
    [TestCase("half_lanczos3", 0.5, 0.5, ResizeKernel.Lanczos3)]
    [TestCase("half_linear", 0.5, 0.5, ResizeKernel.Linear)]
    [TestCase("half_box", 0.5, 0.5, ResizeKernel.Box)]
    [TestCase("x2_lanczos3", 2, 2, ResizeKernel.Lanczos3)]
    [TestCase("x2_linear", 2, 2, ResizeKernel.Linear)]
    public void Gives_the_golden_image(string name, double vertical, double horizontal, ResizeKernel kernel = ResizeKernel.Cubic)
    {
        var file = GoldenFile.Open("imresize");
        var image = Image.FromHwc(file, "image");

        Image actual = image.Resize(new ImResizePlan(image.Height, image.Width, vertical, horizontal, kernel: kernel));

        actual.AssertEquals(Image.FromHwc(file, name), 1e-9 * image.Pixels.Max(Math.Abs));
    }

    [Test]
    public void Takes_a_scale_and_a_size_together_as_the_way_from_a_son_to_its_father_needs()
    {
        var file = GoldenFile.Open("imresize");
        var son = Image.FromHwc(file, "half_cubic");

        Image father = son.Resize(new ImResizePlan(son.Height, son.Width, 2, 2, outputHeight: 21, outputWidth: 34));

        father.AssertEquals(Image.FromHwc(file, "son_back_to_father_x2_cubic"), 1e-9 * son.Pixels.Max(Math.Abs));
    }

    // Scales for which no pixel lies exactly on the box's edge, where the formula hangs on the last bit of u.
    [Test]
    public void Follows_the_formula(
        [Values] ResizeKernel kernel,
        [Values] ResizeBorder border,
        [Values] bool antialias,
        [Values(0.0731, 0.3017, 0.7513, 1.2519, 2.9013)] double scale)
    {
        double[] x = Tables.Noise(23, seed: 4);
        ResizeAxis axis = ResizeAxis.ImResize(23, scale, outputLength: 30, kernel, antialias, border);

        double[] expected = Definition(x, scale, 30, d => Kernel(kernel, d), antialias, border);

        Assert.That(Tables.Apply(axis, x), Is.EqualTo(expected).Within(1e-10));
    }

    [Test]
    public void Leaves_an_image_of_scale_1_unchanged([Values] ResizeKernel kernel) =>
        Assert.That(ResizeAxis.ImResize(7, 1, kernel: kernel).IsIdentity, Is.True);

    [TestCase(ResizeKernel.Cubic, 2, 4)]
    [TestCase(ResizeKernel.Cubic, 0.5, 8)]
    // Samples at thirds: the cubic kernel is 0 at ±1 and ±2 too, which leaves 9 of −5 … 5.
    [TestCase(ResizeKernel.Cubic, 1.0 / 3, 9)]
    [TestCase(ResizeKernel.Box, 0.5, 2)]
    public void Keeps_no_tap_that_no_pixel_uses(ResizeKernel kernel, double scale, int taps) =>
        Assert.That(ResizeAxis.ImResize(36, scale, kernel: kernel).Taps, Is.EqualTo(taps));

    [TestCase(21, 0.5, 11)]
    [TestCase(21, 1.5, 32)]
    [TestCase(34, 1 / 1.5, 23)]
    [TestCase(100, 1.1, 110, Description = "100 · 1.1 = 110.00000000000001")]
    [TestCase(25, 1.16, 29, Description = "25 · 1.16 = 28.999999999999996")]
    [TestCase(3, 0.01, 1)]
    public void Makes_as_many_pixels_as_the_product_rounded_up(int n, double scale, int expected) =>
        Assert.That(ImResizePlan.OutputLengthOf(n, scale), Is.EqualTo(expected));

    [TestCase(0.5, 0.6, true)]
    [TestCase(2, 1.5, false)]
    [TestCase(2, 2, true)]
    public void Resizes_the_axis_of_the_smaller_scale_first_and_on_a_tie_the_vertical(
        double vertical, double horizontal, bool verticalFirst) =>
        Assert.That(new ImResizePlan(8, 9, vertical, horizontal).VerticalFirst, Is.EqualTo(verticalFirst));

    [Test]
    public void Refuses_a_scale_that_is_no_positive_number([Values(0, -1, double.NaN, double.PositiveInfinity)] double scale)
    {
        Assert.That(
            () => ResizeAxis.ImResize(8, scale), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("positive, finite"));
        Assert.That(
            () => ResizeAxis.ImResize(8, scale, outputLength: 4),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("positive, finite"));
    }

    [TestCase(0, 2, null)]
    [TestCase(8, 2, 0)]
    [TestCase(8, 1e12, null)]
    [TestCase(8, 1e-12, 1)]
    public void Refuses_sizes_that_make_no_image(int n, double scale, int? outputLength) =>
        Assert.That(() => ResizeAxis.ImResize(n, scale, outputLength), Throws.TypeOf<ShapeException>().With.Message.Contains("imresize"));

    [Test]
    public void Refuses_unknown_kernels_and_borders()
    {
        Assert.That(() => ResizeAxis.ImResize(8, 2, kernel: (ResizeKernel)9), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ResizeAxis.ImResize(8, 2, border: (ResizeBorder)9), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}

using Zssr.Tensors;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Tensors;

/// <summary>PyTorch's interpolate, against PyTorch's own results.</summary>
public sealed class InterpolateTests
{
    public static IEnumerable<string> Cases() => GoldenFile.Open("interpolate").Names.Where(name => name != "image");

    [TestCaseSource(nameof(Cases))]
    public void Gives_what_PyTorch_gives(string name)
    {
        var file = GoldenFile.Open("interpolate");
        var image = Image.FromNchw(file, "image");
        var expected = Image.FromNchw(file, name);
        bool bicubic = name.StartsWith("bicubic", StringComparison.Ordinal);
        bool corners = name.Contains("corners", StringComparison.Ordinal);
        InterpolationMode mode = bicubic ? InterpolationMode.Bicubic : InterpolationMode.Bilinear;

        Image actual = image
            .ResizeVertically(ResizeAxis.Interpolate(image.Height, expected.Height, mode, corners))
            .ResizeHorizontally(ResizeAxis.Interpolate(image.Width, expected.Width, mode, corners));

        actual.AssertEquals(expected, 1e-9 * image.Pixels.Max(Math.Abs));
    }

    [Test]
    public void Samples_the_cubic_convolution_definition_at_aligned_corners_too()
    {
        double[] x = [3, -1, 4, 1, -5, 9, 2];
        var axis = ResizeAxis.Interpolate(7, 16, InterpolationMode.Bicubic, alignCorners: true);

        double[] y = Tables.Apply(axis, x);

        for (int i = 0; i < 16; i++)
        {
            double u = i * 6.0 / 15;
            double expected = 0;
            for (int j = -3; j < 10; j++)
            {
                double d = Math.Abs(u - j);
                double weight = d <= 1 ? 1.25 * d * d * d - 2.25 * d * d + 1 : d < 2 ? -0.75 * (d * d * d - 5 * d * d + 8 * d - 4) : 0;
                expected += weight * x[Math.Clamp(j, 0, 6)];
            }

            Assert.That(y[i], Is.EqualTo(expected).Within(1e-12), $"output {i}");
        }
    }

    [Test]
    public void Leaves_an_axis_of_the_same_size_unchanged([Values] InterpolationMode mode, [Values] bool alignCorners)
    {
        double[] x = [3, 1, 4, 1, 5, 9, 2];

        Assert.That(Tables.Apply(ResizeAxis.Interpolate(7, 7, mode, alignCorners), x), Is.EqualTo(x));
    }

    [Test]
    public void Works_from_and_to_a_single_pixel([Values] InterpolationMode mode, [Values] bool alignCorners)
    {
        double[] three = Tables.Apply(ResizeAxis.Interpolate(1, 3, mode, alignCorners), [7]);
        Assert.That(three, Is.EqualTo(new double[] { 7, 7, 7 }).Within(1e-12));

        double middleOrFirst = alignCorners ? 1 : 2;
        double[] one = Tables.Apply(ResizeAxis.Interpolate(3, 1, mode, alignCorners), [1, 2, 3]);
        Assert.That(one, Is.EqualTo(new[] { middleOrFirst }).Within(1e-12));
    }

    [TestCase(0, 4, "input")]
    [TestCase(4, 0, "output")]
    [TestCase(4, -2, "output")]
    public void Refuses_an_axis_without_pixels(int n, int m, string what) =>
        Assert.That(
            () => ResizeAxis.Interpolate(n, m, InterpolationMode.Bilinear),
            Throws.TypeOf<ShapeException>().With.Message.Contains(what));

    [Test]
    public void Refuses_an_unknown_mode() =>
        Assert.That(() => ResizeAxis.Interpolate(4, 4, (InterpolationMode)7), Throws.TypeOf<ArgumentOutOfRangeException>());
}

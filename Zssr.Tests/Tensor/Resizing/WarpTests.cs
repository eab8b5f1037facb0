using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class WarpTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly ImageArray[] Images =
        [Random(2, 9, 14, 3), Random(1, 1, 1, 1), Random(1, 3, 5, 5), Random(3, 4, 1, 2), Random(1, 2, 3, 4), Random(1, 17, 6, 1)];

    private IEnumerable<DType> DTypes => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [Test]
    public void The_identity_gives_the_image_itself([ValueSource(nameof(Images))] ImageArray image) =>
        AssertIs(image.Elements, image, AffineMap.Identity, image.Height, image.Width);

    [TestCase(0, 2)]
    [TestCase(-1, 0)]
    [TestCase(3, -4)]
    public void Whole_pixel_shifts_copy_pixels(int rows, int columns)
    {
        ImageArray image = Images[0];
        ImageArray expected = image.Windowed(4 + rows, 5 + columns, 2, 3);
        AssertIs(expected.Elements, image, AffineMap.Translate(4 + rows, 5 + columns), 2, 3);
    }

    [Test]
    public void A_border_is_the_mirror_image_with_its_edge_repeated()
    {
        var image = new ImageArray(1, 1, 3, 1, [1, 2, 3]);
        AssertIs([2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1], image, AffineMap.Translate(-5, -5), 1, 12);
    }

    [Test]
    public void A_quarter_turn_is_that_of_rotate90()
    {
        ImageArray image = Images[0];
        AffineMap turn = AffineMap.Rotate(Math.PI / 2).Then(AffineMap.Translate(0, image.Width - 1));
        foreach (DType dtype in DTypes)
            AssertClose(Warped(image, turn, image.Width, image.Height, dtype), image.Turned().Elements, dtype);
    }

    [Test]
    public void Any_map_of_any_image_is_the_definition(
        [ValueSource(nameof(Images))] ImageArray image, [Values(0.0, 0.7, 3.9)] double angle, [Values(0, -50.25, 777.7)] double away)
    {
        AffineMap map = AffineMap.Rotate(angle).Then(AffineMap.Shear(0.2, -0.3)).Then(AffineMap.Scale(0.8, 1.7))
            .About(image.Height / 2.0, image.Width / 3.0).Then(AffineMap.Translate(away, -2 * away));
        double[] expected = WarpReference.Affine(image, map, 11, 8);
        foreach (DType dtype in DTypes)
            AssertClose(Warped(image, map, 11, 8, dtype), expected, dtype);
    }

    [Test]
    public void Scaling_is_imresize_without_antialiasing([Values(0.5, 1.5, 2, 3)] double scale)
    {
        ImageArray image = Images[0];
        AffineMap map = AffineMap.Scale(1 / scale, 1 / scale).About(-0.5, -0.5);
        foreach (DType dtype in DTypes)
        {
            using Tensor x = Tensor.From(Device, Shape.Create(image.Sizes), image.Elements, dtype);
            using Tensor resized = Resize.ImResize(x, scale, scale, antialias: false);
            AssertClose(Warped(image, map, resized.Shape[1], resized.Shape[2], dtype), resized.ToDoubles(), dtype);
        }
    }

    [Test]
    public void Positions_stay_accurate_on_large_images()
    {
        // A steep wave: an error of 10⁻³ pixels in the position would be one of 10⁻³ in the value.
        const int Width = 30_000;
        ImageArray image = ImageArray.Build(1, 2, Width, 1, (_, i, j, _) => (float)Math.Sin(j + i));
        AffineMap map = new(0, 1e-5, 0.3, 0.5, 0.99999, 0.4321);
        foreach (DType dtype in DTypes)
            AssertClose(Warped(image, map, 2, Width, dtype), WarpReference.Affine(image, map, 2, Width), dtype);
    }

    [Test]
    public void A_second_run_gives_the_same_bits()
    {
        ImageArray image = Random(2, 40, 50, 3);
        AffineMap map = AffineMap.Rotate(0.3).Then(AffineMap.Scale(0.9, 1.1));
        double[] first = Warped(image, map, 60, 70, DType.Float32), second = Warped(image, map, 60, 70, DType.Float32);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void No_images_warp_into_none()
    {
        using Tensor x = Tensor.Zeros(Device, [0, 3, 4, 2]);
        using Tensor y = Warp.Affine(x, AffineMap.Identity, 5, 6);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([0, 5, 6, 2])));
    }

    [Test]
    public void What_cannot_be_warped_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 3, 4, 2]);
        using Tensor flat = Tensor.Zeros(Device, [3, 4]);
        using Tensor hollow = Tensor.Zeros(Device, [1, 3, 0, 2]);
        Assert.That(() => Warp.Affine(flat, AffineMap.Identity, 1, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 4]"));
        Assert.That(() => Warp.Affine(hollow, AffineMap.Identity, 1, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("width"));
        Assert.That(() => Warp.Affine(x, AffineMap.Identity, 0, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("height"));
        Assert.That(() => Warp.Affine(x, AffineMap.Identity, 1, -1), Throws.TypeOf<ShapeException>().With.Message.Contains("width"));
        foreach (AffineMap map in new[]
        {
            AffineMap.Scale(double.NaN, 1), AffineMap.Translate(0, double.PositiveInfinity), AffineMap.Scale(1, double.MaxValue),
        })
        {
            Assert.That(
                () => Warp.Affine(x, map, 3, 4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("finite"));
        }
    }

    private static ImageArray Random(int batch, int height, int width, int channels) =>
        new(batch, height, width, channels, RandomNumbers.Uniform(batch * height * width * channels, seed: height * width));

    private double[] Warped(ImageArray image, AffineMap map, int height, int width, DType dtype)
    {
        using Tensor x = Tensor.From(Device, Shape.Create(image.Sizes), image.Elements, dtype);
        using Tensor y = Warp.Affine(x, map, height, width);
        Assert.That(y.DType, Is.EqualTo(dtype));
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([image.Batch, height, width, image.Channels])));
        return y.ToDoubles();
    }

    private void AssertIs(double[] expected, ImageArray image, AffineMap map, int height, int width)
    {
        foreach (DType dtype in DTypes)
            Assert.That(Warped(image, map, height, width, dtype), Is.EqualTo(expected), dtype.Name());
    }

    private static void AssertClose(double[] actual, double[] expected, DType dtype) =>
        Assert.That(actual, Is.EqualTo(expected).Within(dtype == DType.Float64 ? 1e-10 : 2e-6), dtype.Name());
}

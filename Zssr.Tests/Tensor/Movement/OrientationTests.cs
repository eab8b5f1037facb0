using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class OrientationTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly ImageArray[] Images =
    [
        ImageArray.Counting(2, 3, 5, 3), ImageArray.Counting(1, 4, 4, 1), ImageArray.Counting(3, 1, 7, 2), ImageArray.Counting(1, 6, 1, 5),
        ImageArray.Counting(1, 1, 1, 1),
    ];

    [Test]
    public void A_quarter_turn_is_counter_clockwise()
    {
        using Tensor x = Tensor.From(Device, [1, 2, 3, 1], [1f, 2, 3, 4, 5, 6]);
        using Tensor y = Orientation.Rotate90(x, 1);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([1, 3, 2, 1])));
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 3f, 6, 2, 5, 1, 4 }));
    }

    [Test]
    public void Turns_are_repeated_quarter_turns_of_every_image([ValueSource(nameof(Images))] ImageArray image, [Range(0, 3)] int turns)
    {
        ImageArray expected = image;
        for (int turn = 0; turn < turns; turn++)
            expected = expected.Turned();
        AssertMoves(image, expected, x => Orientation.Rotate90(x, turns));
    }

    [TestCase(-1, 3)]
    [TestCase(-6, 2)]
    [TestCase(4, 0)]
    [TestCase(int.MaxValue, 3)]
    [TestCase(int.MinValue, 0)]
    public void Any_number_of_turns_counts_modulo_four(int turns, int same)
    {
        using Tensor x = TensorOf(ImageArray.Counting(1, 2, 3, 2), DType.Float32);
        using Tensor y = Orientation.Rotate90(x, turns);
        using Tensor expected = Orientation.Rotate90(x, same);
        Assert.That(y.Shape, Is.EqualTo(expected.Shape));
        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void A_horizontal_flip_exchanges_left_and_right([ValueSource(nameof(Images))] ImageArray image) =>
        AssertMoves(image, image.FlippedHorizontally(), Orientation.FlipHorizontal);

    [Test]
    public void A_vertical_flip_exchanges_top_and_bottom([ValueSource(nameof(Images))] ImageArray image) =>
        AssertMoves(image, image.FlippedVertically(), Orientation.FlipVertical);

    [Test]
    public void Turned_then_mirrored_gives_the_golden_variants(
        [Values(0, 90, 180, 270)] int degrees, [Values("none", "horizontal", "vertical")] string mirror)
    {
        var golden = GoldenFile.Open("augment");
        using Tensor image = Layout.FromNchw(Device, Shape.Create(golden.Shape("image")), golden.Floats("image"));
        using Tensor turned = Orientation.Rotate90(image, degrees / 90);
        using Tensor variant = mirror switch
        {
            "horizontal" => Orientation.FlipHorizontal(turned),
            "vertical" => Orientation.FlipVertical(turned),
            _ => turned.Share(),
        };
        string name = $"rot{degrees}_{mirror}";
        int[] nchw = golden.Shape(name);
        Assert.That(variant.Shape, Is.EqualTo(Shape.Create([nchw[0], nchw[2], nchw[3], nchw[1]])));
        Assert.That(Layout.ToNchw(variant), Is.EqualTo(golden.Floats(name)));
    }

    [Test]
    public void Empty_images_turn_into_empty_images()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 0, 5, 3]);
        using Tensor y = Orientation.Rotate90(x, 1);
        using Tensor z = Orientation.FlipHorizontal(x);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([2, 5, 0, 3])));
        Assert.That(z.Shape, Is.EqualTo(x.Shape));
    }

    [Test]
    public void Only_image_batches_have_an_orientation()
    {
        using Tensor x = Tensor.Zeros(Device, [4, 5, 3]);
        Assert.That(() => Orientation.Rotate90(x, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("rotate90([4, 5, 3])"));
        Assert.That(() => Orientation.FlipHorizontal(x), Throws.TypeOf<ShapeException>());
        Assert.That(() => Orientation.FlipVertical(x), Throws.TypeOf<ShapeException>());
    }

    private Tensor TensorOf(ImageArray image, DType dtype) => Tensor.From(Device, Shape.Create(image.Sizes), image.Elements, dtype);

    private void AssertMoves(ImageArray image, ImageArray expected, Func<Tensor, Tensor> move)
    {
        foreach (DType dtype in Device.Info.SupportsFloat64 ? new[] { DType.Float32, DType.Float64 } : [DType.Float32])
        {
            using Tensor x = TensorOf(image, dtype);
            using Tensor y = move(x);
            Assert.That(y.DType, Is.EqualTo(dtype));
            Assert.That(y.Shape, Is.EqualTo(Shape.Create(expected.Sizes)));
            Assert.That(y.ToDoubles(), Is.EqualTo(expected.Elements));
        }
    }
}

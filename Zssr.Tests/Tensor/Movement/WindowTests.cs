using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class WindowTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly ImageArray Image = ImageArray.Counting(2, 5, 7, 3);

    private IEnumerable<DType> DTypes => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [TestCase(0, 0, 5, 7)]
    [TestCase(1, 2, 3, 4)]
    [TestCase(4, 6, 1, 1)]
    [TestCase(0, 3, 5, 1)]
    [TestCase(2, 7, 3, 0)]
    public void A_crop_is_a_rectangle_of_every_image(int top, int left, int height, int width) =>
        AssertImage(Image.Windowed(top, left, height, width), x => Window.Crop(x, top, left, height, width));

    [TestCase(0, 0, 0, 0)]
    [TestCase(1, 2, 3, 4)]
    [TestCase(0, 9, 0, 1)]
    [TestCase(2, 0, 0, 0)]
    public void Padding_puts_zeros_around_every_image(int top, int bottom, int left, int right) =>
        AssertImage(Image.Windowed(-top, -left, top + 5 + bottom, left + 7 + right), x => Window.ZeroPad(x, top, bottom, left, right));

    [Test]
    public void Padding_an_empty_image_gives_zeros()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 0, 2, 3]);
        using Tensor y = Window.ZeroPad(x, 1, 1, 0, 2);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([1, 2, 4, 3])));
        Assert.That(y.ToArray(), Is.All.Zero);
    }

    [TestCase(-1, 0, 2, 2)]
    [TestCase(0, -1, 2, 2)]
    [TestCase(0, 0, -1, 2)]
    [TestCase(0, 0, 2, -1)]
    [TestCase(3, 0, 3, 2)]
    [TestCase(0, 6, 2, 2)]
    [TestCase(1, 0, int.MaxValue, 2)]
    public void A_crop_outside_the_image_is_refused(int top, int left, int height, int width)
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 7, 3]);
        Assert.That(
            () => Window.Crop(x, top, left, height, width),
            Throws.TypeOf<ShapeException>().With.Message.Contains("crop([1, 5, 7, 3])").And.Message.Contains("5 rows and 7 columns"));
    }

    [Test]
    public void A_border_that_is_negative_or_too_large_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 7, 3]);
        Assert.That(() => Window.ZeroPad(x, 0, -1, 0, 0), Throws.TypeOf<ShapeException>().With.Message.Contains("bottom -1"));
        Assert.That(() => Window.ZeroPad(x, 0, int.MaxValue, 0, 0), Throws.TypeOf<ShapeException>().With.Message.Contains("Pad less"));
    }

    [Test]
    public void Only_image_batches_have_rectangles()
    {
        using Tensor x = Tensor.Zeros(Device, [5, 7, 3]);
        Assert.That(() => Window.Crop(x, 0, 0, 1, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("[N, H, W, C]"));
        Assert.That(() => Window.ZeroPad(x, 0, 0, 1, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("[N, H, W, C]"));
    }

    [Test]
    public void A_slice_takes_a_stretch_of_any_axis([Range(0, 3)] int axis, [Values(0, 1)] int start, [Values(0, 1)] int length)
    {
        AxisArray source = AxisArray.Counting([3, 2, 5, 4]);
        AssertAxis(source, source.Window(axis, start, length), x => Window.Slice(x, axis, start, length));
    }

    [TestCase(2, 3)]
    [TestCase(0, 9)]
    public void A_vector_has_slices(int start, int length)
    {
        AxisArray source = AxisArray.Counting([9]);
        AssertAxis(source, source.Window(0, start, length), x => Window.Slice(x, 0, start, length));
    }

    [Test]
    public void Embedding_puts_zeros_before_and_after([Range(0, 2)] int axis, [Values(0, 2)] int start, [Values(0, 3)] int after)
    {
        AxisArray source = AxisArray.Counting([3, 1, 4]);
        int size = start + source.Sizes[axis] + after;
        AssertAxis(source, source.Window(axis, -start, size), x => Window.Embed(x, axis, start, size));
    }

    [Test]
    public void Embedding_nothing_gives_zeros()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 0, 3]);
        using Tensor y = Window.Embed(x, 1, 2, 4);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([2, 4, 3])));
        Assert.That(y.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Embedding_is_the_adjoint_of_slicing()
    {
        AxisArray x = AxisArray.Counting([3, 6, 2]);
        AxisArray y = AxisArray.Counting([3, 4, 2]);
        using Tensor xTensor = Tensor.From(Device, Shape.Create(x.Sizes), x.Elements, DType.Float32);
        using Tensor yTensor = Tensor.From(Device, Shape.Create(y.Sizes), y.Elements, DType.Float32);
        using Tensor slice = Window.Slice(xTensor, 1, 1, 4);
        using Tensor embedded = Window.Embed(yTensor, 1, 1, 6);
        Assert.That(Dot(slice.ToDoubles(), y.Elements), Is.EqualTo(Dot(x.Elements, embedded.ToDoubles())));
    }

    [TestCase(-1, 0, 1)]
    [TestCase(2, 0, 1)]
    public void An_axis_that_x_lacks_is_refused(int axis, int start, int length)
    {
        using Tensor x = Tensor.Zeros(Device, [4, 5]);
        using Tensor scalar = Tensor.Zeros(Device, []);
        Assert.That(() => Window.Slice(x, axis, start, length), Throws.TypeOf<ShapeException>().With.Message.Contains($"no axis {axis}"));
        Assert.That(() => Window.Embed(x, axis, start, 9), Throws.TypeOf<ShapeException>().With.Message.Contains($"no axis {axis}"));
        Assert.That(() => Window.Slice(scalar, 0, 0, 1), Throws.TypeOf<ShapeException>());
    }

    [TestCase(-1, 2)]
    [TestCase(1, -1)]
    [TestCase(3, 3)]
    [TestCase(1, int.MaxValue)]
    public void A_slice_outside_its_axis_is_refused(int start, int length)
    {
        using Tensor x = Tensor.Zeros(Device, [4, 5]);
        Assert.That(() => Window.Slice(x, 1, start, length), Throws.TypeOf<ShapeException>().With.Message.Contains("slice([4, 5])"));
    }

    [TestCase(-1, 9)]
    [TestCase(0, 4)]
    [TestCase(5, 9)]
    public void Embedding_where_there_is_no_room_is_refused(int start, int size)
    {
        using Tensor x = Tensor.Zeros(Device, [4, 5]);
        Assert.That(() => Window.Embed(x, 1, start, size), Throws.TypeOf<ShapeException>().With.Message.Contains("does not fit"));
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private void AssertImage(ImageArray expected, Func<Tensor, Tensor> move) =>
        AssertMoves(Image.Sizes, Image.Elements, expected.Sizes, expected.Elements, move);

    private void AssertAxis(AxisArray source, AxisArray expected, Func<Tensor, Tensor> move) =>
        AssertMoves(source.Sizes, source.Elements, expected.Sizes, expected.Elements, move);

    private void AssertMoves(int[] sizes, double[] elements, int[] expectedSizes, double[] expected, Func<Tensor, Tensor> move)
    {
        foreach (DType dtype in DTypes)
        {
            using Tensor x = Tensor.From(Device, Shape.Create(sizes), elements, dtype);
            using Tensor y = move(x);
            Assert.That(y.DType, Is.EqualTo(dtype));
            Assert.That(y.Shape, Is.EqualTo(Shape.Create(expectedSizes)));
            Assert.That(y.ToDoubles(), Is.EqualTo(expected));
        }
    }
}

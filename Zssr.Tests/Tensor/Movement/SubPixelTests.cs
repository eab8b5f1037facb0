using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

public sealed class SubPixelTests(TestDevice kind) : DeviceTest(kind)
{
    /// <summary>The example of ONNX's operator DepthToSpace in its mode DCR, [1, 8, 2, 3] to [1, 2, 4, 6], both NCHW.</summary>
    private static readonly float[] OnnxResult =
    [
        0, 18, 1, 19, 2, 20, 36, 54, 37, 55, 38, 56, 3, 21, 4, 22, 5, 23, 39, 57, 40, 58, 41, 59,
        9, 27, 10, 28, 11, 29, 45, 63, 46, 64, 47, 65, 12, 30, 13, 31, 14, 32, 48, 66, 49, 67, 50, 68,
    ];

    private static float[] OnnxInput =>
        [.. Enumerable.Range(0, 8).SelectMany(c => Enumerable.Range(0, 6).Select(i => (float)((9 * c) + i)))];

    [Test]
    public void Channels_become_pixels_in_the_order_of_ONNX()
    {
        using Tensor x = Layout.FromNchw(Device, [1, 8, 2, 3], OnnxInput), y = SubPixels.DepthToSpace(x, 2, 2);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([1, 4, 6, 2])));
        Assert.That(Layout.ToNchw(y), Is.EqualTo(OnnxResult));
    }

    [Test]
    public void Pixels_become_channels_in_the_order_of_ONNX()
    {
        using Tensor x = Layout.FromNchw(Device, [1, 2, 4, 6], OnnxResult), y = SubPixels.SpaceToDepth(x, 2, 2);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([1, 2, 3, 8])));
        Assert.That(Layout.ToNchw(y), Is.EqualTo(OnnxInput));
    }

    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(1, 4)]
    [TestCase(5, 1)]
    public void Each_takes_the_other_back(int rows, int columns)
    {
        foreach (DType dtype in Device.Info.SupportsFloat64 ? new[] { DType.Float32, DType.Float64 } : [DType.Float32])
        {
            double[] numbers = [.. Enumerable.Range(0, 2 * 3 * 5 * rows * columns * 2).Select(i => (double)i)];
            using Tensor x = Tensor.From(Device, [2, 3, 5, rows * columns * 2], numbers, dtype);
            using Tensor y = SubPixels.DepthToSpace(x, rows, columns), back = SubPixels.SpaceToDepth(y, rows, columns);
            Assert.That(y.Shape, Is.EqualTo(Shape.Create([2, 3 * rows, 5 * columns, 2])));
            // Pixel (1, 2) of the second image: its block's last pixel.
            double[] large = y.ToDoubles();
            int pixel = (((3 * rows) + (2 * rows) - 1) * 5 * columns) + (3 * columns) - 1;
            Assert.That(large[(2 * pixel) + 1], Is.EqualTo(numbers[((((3 + 1) * 5) + 3) * rows * columns * 2) - 1]));
            Assert.That((back.DType, back.Shape), Is.EqualTo((dtype, x.Shape)));
            Assert.That(back.ToDoubles(), Is.EqualTo(numbers));
        }
    }

    [Test]
    public void Empty_images_stay_empty()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 0, 5, 12]), y = SubPixels.DepthToSpace(x, 2, 3), z = SubPixels.SpaceToDepth(y, 2, 3);
        Assert.That((y.Shape, z.Shape), Is.EqualTo((Shape.Create([2, 0, 15, 2]), x.Shape)));
    }

    [Test]
    public void What_does_not_fill_blocks_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 4, 6, 8]), flat = Tensor.Zeros(Device, [4, 6, 8]);
        Assert.That(() => ToSpace(x, 3, 1), Refused("depth to space([1, 4, 6, 8])", "3 x 1 = 3"));
        Assert.That(() => ToDepth(x, 3, 1), Refused("space to depth([1, 4, 6, 8])", "3 x 1"));
        Assert.That(() => ToDepth(x, 1, 4), Refused("6 columns", "1 x 4"));
        Assert.That(() => ToSpace(flat, 2, 2), Refused("3 axes"));
        Assert.That(() => ToDepth(flat, 2, 2), Refused("3 axes"));
        Assert.That(() => ToSpace(x, 0, 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ToDepth(x, 2, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static void ToSpace(Tensor x, int rows, int columns) => SubPixels.DepthToSpace(x, rows, columns).Dispose();

    private static void ToDepth(Tensor x, int rows, int columns) => SubPixels.SpaceToDepth(x, rows, columns).Dispose();

    private static NUnit.Framework.Constraints.Constraint Refused(params string[] parts) => parts.Aggregate(
        (NUnit.Framework.Constraints.Constraint)Throws.TypeOf<ShapeException>(),
        (constraint, part) => constraint & Throws.Exception.With.Message.Contains(part));
}

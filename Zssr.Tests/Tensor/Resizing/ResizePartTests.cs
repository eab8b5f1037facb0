using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>A part of a resized image, made of the part of the image that it depends on, has the bits of the whole.</summary>
public sealed class ResizePartTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly (int Height, int Width)[] SmallSizes = [(17, 22), (20, 13)];
    private static readonly Scale[] Scales = [new(2), new(1.5), new(2, 3), new(3, 1)];

    private static readonly BlurKernel Lopsided = BlurKernel.FromText("0.1 0.3 0.1\n0.05 0.35 0\n0 0.05 0.05");

    [Test]
    public void Parts_of_an_enlargement_join_to_the_whole(
        [Values] RescalingKind kind, [ValueSource(nameof(SmallSizes))] (int, int) size, [ValueSource(nameof(Scales))] Scale scale)
    {
        Rescaling rescaling = Rescaling.Of(ZssrPresets.Paper with { Rescaling = kind });
        (int Height, int Width) large = scale.SizeOf(size.Item1, size.Item2);
        AssertPartsJoin(rescaling.Enlarging(scale, size, large), size);
        AssertPartsJoin(rescaling.EnlargingDifferences(scale, size, large), size);
    }

    [Test]
    public void Parts_of_a_shrunk_image_join_to_the_whole(
        [Values(0, 1, 2)] int how, [ValueSource(nameof(SmallSizes))] (int, int) small, [ValueSource(nameof(Scales))] Scale scale)
    {
        Rescaling rescaling = how switch
        {
            0 => new InterpolateRescaling(),
            1 => new ImResizeRescaling(),
            _ => new KernelRescaling(Lopsided, new ImResizeRescaling()),
        };
        (int Height, int Width) large = scale.SizeOf(small.Item1, small.Item2);
        AssertPartsJoin(rescaling.Shrinking(scale, large, small), large);
    }

    [Test]
    public void A_part_depends_on_a_part_only()
    {
        IResize enlarging = new ImResizeRescaling().Enlarging(new Scale(2), (50, 60), (100, 120));

        // Cubic convolution reads two pixels on both sides; at the border the mirror image is in the image.
        Assert.That(enlarging.Support(new PixelArea(40, 60, 10, 20)), Is.EqualTo(new PixelArea(18, 28, 9, 14)));
        Assert.That(enlarging.Support(new PixelArea(0, 100, 4, 20)), Is.EqualTo(new PixelArea(0, 48, 4, 12)));
    }

    private void AssertPartsJoin(IResize resampling, (int Height, int Width) size)
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, size.Height, size.Width, 3], seed: 5), whole = resampling.Apply(x);
        using Tensor joined = Tensor.Zeros(Device, whole.Shape);
        PixelArea all = resampling.Output;
        for (int top = 0; top < all.Rows.Length; top += 11)
        {
            for (int left = 0; left < all.Columns.Length; left += 19)
            {
                // By turns of exactly what is needed, and of more.
                var area = new PixelArea(top, left, Math.Min(11, all.Rows.Length - top), Math.Min(19, all.Columns.Length - left));
                PixelArea support = resampling.Support(area);
                PixelArea given = (top + left) % 2 == 0 ? support : support.Grown(2, size.Height, size.Width);
                using Tensor source = Window.Crop(x, given), part = resampling.ApplyPart(source, given, area);
                Window.Place(part, joined, top, left);
            }
        }

        Assert.That(joined.ToArray(), Is.EqualTo(whole.ToArray()));
    }
}

using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class PlaceTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void A_part_replaces_its_rectangle_in_every_image_and_nothing_else(
        [Values(0, 2, 3)] int top, [Values(0, 1, 4)] int left, [Values(1, 3)] int channels)
    {
        float[] large = Numbers(2 * 5 * 7 * channels, seed: 1), small = Numbers(2 * 2 * 3 * channels, seed: 2);
        using Tensor whole = Tensor.From(Device, [2, 5, 7, channels], large), part = Tensor.From(Device, [2, 2, 3, channels], small);

        Window.Place(part, whole, top, left);

        float[] expected = [.. large];
        for (int i = 0; i < small.Length; i++)
        {
            int c = i % channels, column = i / channels % 3 + left, row = i / channels / 3 % 2 + top, image = i / channels / 6;
            expected[((image * 5 + row) * 7 + column) * channels + c] = small[i];
        }

        Assert.That(whole.ToArray(), Is.EqualTo(expected));
        Assert.That(part.ToArray(), Is.EqualTo(small));
    }

    [TestCase(4, 0, 1, 3)]
    [TestCase(0, 5, 1, 3)]
    [TestCase(-1, 0, 1, 3)]
    [TestCase(0, -1, 1, 3)]
    [TestCase(0, 0, 2, 3)]
    [TestCase(0, 0, 1, 1)]
    public void What_does_not_fit_is_refused_with_both_shapes(int top, int left, int images, int channels)
    {
        using Tensor whole = Tensor.Zeros(Device, [1, 5, 7, 3]), part = Tensor.Zeros(Device, [images, 2, 3, channels]);
        Assert.That(
            () => Window.Place(part, whole, top, left),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 5, 7, 3]").And.Message.Contains($"[{images}, 2, 3, {channels}]"));
    }

    [Test]
    public void A_crop_of_everything_is_the_tensor_itself_and_a_crop_of_less_a_copy()
    {
        using Tensor whole = Tensor.From(Device, [1, 3, 4, 2], Numbers(24, seed: 3));
        using Tensor all = Window.Crop(whole, new PixelArea(0, 0, 3, 4)), some = Window.Crop(whole, new PixelArea(1, 2, 2, 2));

        Assert.That(all.SharesMemoryWith(whole));
        Assert.That(some.SharesMemoryWith(whole), Is.False);
        float[] elements = whole.ToArray();
        Assert.That(some.ToArray(), Is.EqualTo(elements[12..16].Concat(elements[20..24])));
    }

    private static float[] Numbers(int count, int seed) => Array.ConvertAll(RandomNumbers.Uniform(count, seed, 0, 1), x => (float)x);
}

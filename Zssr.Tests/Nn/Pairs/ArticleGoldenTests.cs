using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>The article's fathers and sons, and its back-projection's resizing, against what PyTorch computed.</summary>
public sealed class ArticleGoldenTests(TestDevice kind) : DeviceTest(kind)
{
    private const double Peak = 255;

    [Test]
    public void A_son_before_noise_is_PyTorchs_bicubic_reduction_to_the_floor_of_half_the_size_clamped()
    {
        using Tensor image = Golden("image");
        using Tensor son = Sons.Small(image, new InterpolateRescaling(), new Scale(2), noise: 0, Peak, seed: 1, stream: 1);
        AssertIs(son, "bicubic_11x15", clamped: true);
    }

    [Test]
    public void The_fathers_of_the_levels_are_PyTorchs_bicubic_reductions()
    {
        using Tensor image = Golden("image");
        var settings = new PairSettings { Recipe = PairRecipe.FixedList };
        using var pairs = new ArticlePairs(image, new InterpolateRescaling(), new Scale(2), settings, seed: 1, Peak);

        AssertIs(pairs.All[0].Father, "image", clamped: false);
        AssertIs(pairs.All[12].Father, "bicubic_11x15", clamped: false);
    }

    [Test]
    public void The_networks_input_is_PyTorchs_bilinear_enlargement()
    {
        using Tensor image = Golden("image");
        using Tensor large = new InterpolateRescaling().Enlarge(image, new Scale(2), 46, 62);
        AssertIs(large, "bilinear_46x62", clamped: false);
    }

    [Test]
    public void Back_projection_enlarges_differences_by_PyTorchs_bicubic()
    {
        using Tensor image = Golden("image");
        using Tensor large = new InterpolateRescaling().EnlargingDifferences(new Scale(2), (23, 31), (46, 62)).Apply(image);
        AssertIs(large, "bicubic_46x62", clamped: false);
    }

    private Tensor Golden(string name)
    {
        (Shape shape, double[] elements) = Nhwc(name);
        return Tensor.From(Device, shape, elements, DType.Float32);
    }

    private static (Shape Shape, double[] Elements) Nhwc(string name)
    {
        GoldenFile golden = GoldenFile.Open("interpolate");
        using Tensor exact = Layout.FromNchw(
            OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape(name)), golden.Doubles(name));
        return (exact.Shape, exact.ToDoubles());
    }

    private static void AssertIs(Tensor actual, string name, bool clamped)
    {
        (Shape shape, double[] expected) = Nhwc(name);
        if (clamped)
            expected = Array.ConvertAll(expected, value => Math.Clamp(value, 0, Peak));
        Assert.That(actual.Shape, Is.EqualTo(shape));
        Assert.That(actual.ToDoubles(), Is.EqualTo(expected).Within(1e-6 * Peak));
    }
}

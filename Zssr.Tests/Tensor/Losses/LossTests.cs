using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class LossTests(TestDevice kind) : DeviceTest(kind)
{
    private IEnumerable<DType> DTypesHere => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [Test]
    public void Losses_and_gradients_equal_PyTorchs()
    {
        var golden = GoldenFile.Open("losses");
        Shape shape = Shape.Create(golden.Shape("input"));
        foreach (DType dtype in DTypesHere)
        {
            double tolerance = dtype == DType.Float32 ? 1e-6 : 1e-12;
            using Tensor x = Tensor.From(Device, shape, golden.Doubles("input"), dtype);
            using Tensor target = Tensor.From(Device, shape, golden.Doubles("target"), dtype);
            using Tensor one = Tensor.Full(Device, [], 1, dtype);
            using Tensor l1 = Loss.L1(x, target);
            using Tensor l1Gradient = Loss.L1Gradient(x, target, null, one);
            using Tensor meanSquared = Loss.MeanSquared(x, target);
            using Tensor meanSquaredGradient = Loss.MeanSquaredGradient(x, target, null, one);
            Assert.That(l1.Item(), Is.EqualTo(golden.Doubles("l1")[0]).Within(tolerance));
            Assert.That(l1Gradient.ToDoubles(), Is.EqualTo(golden.Doubles("l1_grad")).Within(tolerance));
            Assert.That(l1Gradient.ToDoubles()[..20], Is.All.EqualTo(0));
            Assert.That(meanSquared.Item(), Is.EqualTo(golden.Doubles("mse")[0]).Within(tolerance));
            Assert.That(meanSquaredGradient.ToDoubles(), Is.EqualTo(golden.Doubles("mse_grad")).Within(tolerance));
        }
    }

    [Test]
    public void Losses_and_gradients_equal_the_definition_for_any_size_and_weights(
        [Values(1, 21, 22, 683, 1366, 2000)] int pixels, [Values("none", "per pixel", "per element")] string weighting)
    {
        Shape shape = [1, pixels, 1, 3];
        Shape weightShape = weighting == "per pixel" ? [1, pixels, 1, 1] : shape;
        double[] elements = RandomNumbers.Uniform(shape.ElementCount, seed: 1);
        double[] targets = RandomNumbers.Uniform(shape.ElementCount, seed: 2);
        double[] weighed = weighting == "none"
            ? [.. Enumerable.Repeat(1.0, shape.ElementCount)]
            : RandomNumbers.Uniform(weightShape.ElementCount, seed: 3, 0, 2);
        foreach (DType dtype in DTypesHere)
        {
            double tolerance = dtype == DType.Float32 ? 1e-6 : 1e-14;
            using Tensor x = Tensor.From(Device, shape, elements, dtype);
            using Tensor target = Tensor.From(Device, shape, targets, dtype);
            using Tensor? weights = weighting == "none" ? null : Tensor.From(Device, weightShape, weighed, dtype);
            using Tensor scale = Tensor.Full(Device, [], -1.5, dtype);
            using Tensor l1 = Loss.L1(x, target, weights);
            using Tensor l1Gradient = Loss.L1Gradient(x, target, weights, scale);
            using Tensor squared = Loss.MeanSquared(x, target, weights);
            using Tensor squaredGradient = Loss.MeanSquaredGradient(x, target, weights, scale);
            double gradientTolerance = 4 * tolerance / shape.ElementCount;
            Assert.That(l1.Shape.Rank, Is.Zero);
            Assert.That(l1.Item(), Is.EqualTo(LossReference.L1(elements, targets, weighed)).Within(tolerance));
            Assert.That(squared.Item(), Is.EqualTo(LossReference.MeanSquared(elements, targets, weighed)).Within(tolerance));
            Assert.That(
                l1Gradient.ToDoubles(), Is.EqualTo(LossReference.L1Gradient(elements, targets, weighed, -1.5)).Within(gradientTolerance));
            Assert.That(
                squaredGradient.ToDoubles(),
                Is.EqualTo(LossReference.MeanSquaredGradient(elements, targets, weighed, -1.5)).Within(gradientTolerance));
        }
    }

    [TestCase(double.NaN, double.NaN, double.NaN)]
    [TestCase(double.PositiveInfinity, double.PositiveInfinity, 0.01)]
    [TestCase(double.NegativeInfinity, double.PositiveInfinity, -0.01)]
    public void NaN_and_infinity_reach_the_loss_and_only_their_own_gradient(double value, double loss, double gradient)
    {
        double[] elements = new double[100];
        elements[70] = value;
        using Tensor x = Tensor.From(Device, [100], elements, DType.Float32);
        using Tensor target = Tensor.Zeros(Device, [100]);
        using Tensor one = Tensor.Full(Device, [], 1);
        using Tensor l1 = Loss.L1(x, target);
        using Tensor dx = Loss.L1Gradient(x, target, null, one);
        double[] expected = new double[100];
        expected[70] = gradient;
        Assert.That(l1.Item(), Is.EqualTo(loss));
        Assert.That(dx.ToDoubles(), Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void The_loss_of_nothing_is_NaN_and_its_gradient_empty()
    {
        using Tensor x = Tensor.Zeros(Device, [0, 3]);
        using Tensor one = Tensor.Full(Device, [], 1);
        using Tensor l1 = Loss.L1(x, x);
        using Tensor dx = Loss.L1Gradient(x, x, null, one);
        Assert.That(l1.Item(), Is.NaN);
        Assert.That(dx.Shape, Is.EqualTo(x.Shape));
    }

    [Test]
    public void The_loss_has_the_same_bits_in_every_run()
    {
        using Tensor x = Tensor.From(Device, [10_007], RandomNumbers.Uniform(10_007, seed: 8), DType.Float32);
        using Tensor target = Tensor.Zeros(Device, [10_007]);
        var losses = new HashSet<double>();
        for (int run = 0; run < 4; run++)
        {
            using Tensor l1 = Loss.L1(x, target);
            losses.Add(l1.Item());
        }

        Assert.That(losses, Has.Count.EqualTo(1));
    }

    [Test]
    public void Shapes_that_do_not_fit_are_errors_that_name_them()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 4, 4, 3]);
        using Tensor target = Tensor.Zeros(Device, [2, 4, 4, 4]);
        using Tensor perImage = Tensor.Zeros(Device, [2, 1, 1, 1]);
        using Tensor withoutChannels = Tensor.Zeros(Device, [2, 4, 4]);
        using Tensor pair = Tensor.Zeros(Device, [2]);
        Assert.That(() => Loss.L1(x, target), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 4, 4, 4]"));
        Assert.That(() => Loss.L1(x, x, perImage), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 1, 1, 1]"));
        Assert.That(() => Loss.MeanSquared(x, x, withoutChannels), Throws.TypeOf<ShapeException>().With.Message.Contains("one weight per pixel"));
        Assert.That(() => Loss.L1Gradient(x, x, null, pair), Throws.TypeOf<ShapeException>().With.Message.Contains("one number"));
    }
}

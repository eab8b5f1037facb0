using System.Globalization;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class UpdateTests(TestDevice kind) : DeviceTest(kind)
{
    private IEnumerable<DType> DTypesHere => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [Test]
    public void Five_steps_of_Adam_equal_PyTorchs()
    {
        var golden = GoldenFile.Open("adam");
        Shape shape = Shape.Create(golden.Shape("param_0"));
        foreach (DType dtype in DTypesHere)
        {
            double tolerance = dtype == DType.Float32 ? 1e-6 : 1e-12;
            using Tensor parameter = Tensor.From(Device, shape, golden.Doubles("param_0"), dtype);
            using Tensor m = Tensor.Zeros(Device, shape, dtype);
            using Tensor v = Tensor.Zeros(Device, shape, dtype);
            for (int step = 1; step <= 5; step++)
            {
                using Tensor gradient = Tensor.From(Device, shape, golden.Doubles($"grad_{step}"), dtype);
                AdamUpdate.Apply(parameter, gradient, m, v, step, Setting("lr"), Setting("beta1"), Setting("beta2"), Setting("eps"));
                Assert.That(parameter.ToDoubles(), Is.EqualTo(golden.Doubles($"param_{step}")).Within(tolerance), $"step {step}");
            }
        }

        double Setting(string name) => double.Parse(golden.Metadata[name], CultureInfo.InvariantCulture);
    }

    [Test]
    public void Adam_equals_the_definition_for_any_count([Values(1, 63, 64, 65, 129, 4099)] int count, [Values(0, 0.5, 0.9)] double beta1)
    {
        foreach (DType dtype in DTypesHere)
        {
            double[] expected = RandomNumbers.Uniform(count, seed: 1);
            double[] expectedM = new double[count];
            double[] expectedV = new double[count];
            using Tensor parameter = Tensor.From(Device, [count], expected, dtype);
            using Tensor m = Tensor.Zeros(Device, [count], dtype);
            using Tensor v = Tensor.Zeros(Device, [count], dtype);
            for (int step = 1; step <= 3; step++)
            {
                double[] gradients = RandomNumbers.Uniform(count, seed: 1 + step);
                UpdateReference.Adam(expected, gradients, expectedM, expectedV, step, 0.01, beta1, 0.99, 1e-3);
                using Tensor gradient = Tensor.From(Device, [count], gradients, dtype);
                AdamUpdate.Apply(parameter, gradient, m, v, step, 0.01, beta1, 0.99, 1e-3);
            }

            double tolerance = dtype == DType.Float32 ? 5e-7 : 1e-14;
            Assert.That(parameter.ToDoubles(), Is.EqualTo(expected).Within(tolerance));
            Assert.That(m.ToDoubles(), Is.EqualTo(expectedM).Within(tolerance));
            Assert.That(v.ToDoubles(), Is.EqualTo(expectedV).Within(tolerance));
        }
    }

    [Test]
    public void A_late_step_of_Adam_has_no_bias_correction_left()
    {
        using Tensor parameter = Tensor.From(Device, [1], [1f]);
        using Tensor gradient = Tensor.From(Device, [1], [2f]);
        using Tensor m = Tensor.From(Device, [1], [2f]);
        using Tensor v = Tensor.From(Device, [1], [4f]);
        AdamUpdate.Apply(parameter, gradient, m, v, step: 3_000_000_000, learningRate: 0.25);
        Assert.That(parameter.Item(), Is.EqualTo(0.75).Within(1e-6));
    }

    [Test]
    public void The_complement_of_beta2_keeps_its_digits_in_float32()
    {
        using Tensor parameter = Tensor.Zeros(Device, [1]);
        using Tensor gradient = Tensor.Full(Device, [1], 1);
        using Tensor m = Tensor.Zeros(Device, [1]);
        using Tensor v = Tensor.Zeros(Device, [1]);
        AdamUpdate.Apply(parameter, gradient, m, v, step: 1, learningRate: 0.1, beta2: 0.999);
        Assert.That(v.Item(), Is.EqualTo(0.001).Within(1e-9));
    }

    [Test]
    public void A_NaN_in_the_gradient_reaches_only_its_own_parameter()
    {
        using Tensor parameter = Tensor.Full(Device, [3], 1);
        using Tensor gradient = Tensor.From(Device, [3], [0f, float.NaN, 0f]);
        using Tensor m = Tensor.Zeros(Device, [3]);
        using Tensor v = Tensor.Zeros(Device, [3]);
        AdamUpdate.Apply(parameter, gradient, m, v, 1, 0.1);
        Assert.That(parameter.ToArray(), Is.EqualTo(new[] { 1f, float.NaN, 1f }));
    }

    [Test]
    public void Sgd_equals_the_definition_for_any_count([Values(1, 64, 65, 4099)] int count, [Values(0, 0.9)] double momentum)
    {
        foreach (DType dtype in DTypesHere)
        {
            double[] expected = RandomNumbers.Uniform(count, seed: 1);
            double[] expectedVelocity = new double[count];
            using Tensor parameter = Tensor.From(Device, [count], expected, dtype);
            using Tensor velocity = Tensor.Zeros(Device, [count], dtype);
            for (int step = 1; step <= 3; step++)
            {
                double[] gradients = RandomNumbers.Uniform(count, seed: 1 + step);
                UpdateReference.Sgd(expected, gradients, expectedVelocity, 0.01, momentum);
                using Tensor gradient = Tensor.From(Device, [count], gradients, dtype);
                SgdUpdate.Apply(parameter, gradient, velocity, 0.01, momentum);
            }

            double tolerance = dtype == DType.Float32 ? 5e-7 : 1e-14;
            Assert.That(parameter.ToDoubles(), Is.EqualTo(expected).Within(tolerance));
            Assert.That(velocity.ToDoubles(), Is.EqualTo(expectedVelocity).Within(tolerance));
        }
    }

    [Test]
    public void Empty_parameters_are_left_alone()
    {
        using Tensor nothing = Tensor.Zeros(Device, [0]);
        Assert.That(() => AdamUpdate.Apply(nothing, nothing, nothing, nothing, 1, 0.1), Throws.Nothing);
        Assert.That(() => SgdUpdate.Apply(nothing, nothing, nothing, 0.1, 0.9), Throws.Nothing);
    }

    [TestCase(0, 0.1, 0.9, 0.999, 1e-8, "step")]
    [TestCase(1, -0.1, 0.9, 0.999, 1e-8, "learningRate")]
    [TestCase(1, double.NaN, 0.9, 0.999, 1e-8, "learningRate")]
    [TestCase(1, 0.1, 1, 0.999, 1e-8, "beta1")]
    [TestCase(1, 0.1, -0.1, 0.999, 1e-8, "beta1")]
    [TestCase(1, 0.1, 0.9, 1, 1e-8, "beta2")]
    [TestCase(1, 0.1, 0.9, double.NaN, 1e-8, "beta2")]
    [TestCase(1, 0.1, 0.9, 0.999, 0, "epsilon")]
    public void Adam_refuses_numbers_out_of_range(long step, double rate, double beta1, double beta2, double epsilon, string culprit)
    {
        using Tensor x = Tensor.Zeros(Device, [2]);
        Assert.That(
            () => AdamUpdate.Apply(x, x, x, x, step, rate, beta1, beta2, epsilon),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(culprit));
    }

    [TestCase(-1, 0.9, "learningRate")]
    [TestCase(double.NaN, 0.9, "learningRate")]
    [TestCase(0.1, -0.5, "momentum")]
    [TestCase(0.1, double.NaN, "momentum")]
    public void Sgd_refuses_numbers_out_of_range(double rate, double momentum, string culprit)
    {
        using Tensor x = Tensor.Zeros(Device, [2]);
        Assert.That(
            () => SgdUpdate.Apply(x, x, x, rate, momentum),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(culprit));
    }

    [Test]
    public void Shapes_that_differ_are_errors_that_name_them()
    {
        using Tensor x = Tensor.Zeros(Device, [2]);
        using Tensor other = Tensor.Zeros(Device, [1, 2]);
        Assert.That(() => AdamUpdate.Apply(x, other, x, x, 1, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 2]"));
        Assert.That(() => AdamUpdate.Apply(x, x, other, x, 1, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 2]"));
        Assert.That(() => AdamUpdate.Apply(x, x, x, other, 1, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 2]"));
        Assert.That(() => SgdUpdate.Apply(x, other, x, 0.1, 0), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 2]"));
        Assert.That(() => SgdUpdate.Apply(x, x, other, 0.1, 0), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 2]"));
    }
}

using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class MuonUpdateTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly Shape[] Shapes = [[3, 3, 32, 32], [3, 3, 5, 7], [1, 1, 4, 10], [6, 2]];

    [Test]
    public void Steps_equal_the_definition_in_float64([ValueSource(nameof(Shapes))] Shape shape, [Values(0, 0.95)] double momentum)
    {
        foreach (DType dtype in Device.Info.SupportsFloat64 ? new[] { DType.Float32, DType.Float64 } : [DType.Float32])
        {
            double[] expected = RandomNumbers.Uniform(shape.ElementCount, seed: 1), expectedVelocity = new double[shape.ElementCount];
            using Tensor weight = Tensor.From(Device, shape, expected, dtype);
            using Tensor velocity = Tensor.Zeros(Device, shape, dtype);
            for (int step = 1; step <= 3; step++)
            {
                double[] gradients = RandomNumbers.Uniform(shape.ElementCount, seed: 1 + step, low: -0.01, high: 0.01);
                UpdateReference.Muon(expected, gradients, expectedVelocity, shape[^1], 0.1 * step, momentum);
                using Tensor gradient = Tensor.From(Device, shape, gradients, dtype);
                MuonUpdate.Apply(weight, gradient, velocity, 0.1 * step, momentum);
            }

            Assert.That(weight.ToDoubles(), Is.EqualTo(expected).Within(dtype == DType.Float32 ? 2e-5 : 1e-9), "weights");
            Assert.That(velocity.ToDoubles(), Is.EqualTo(expectedVelocity).Within(dtype == DType.Float32 ? 1e-8 : 1e-14), "velocity");
        }
    }

    [Test]
    public void Layers_that_move_together_move_as_by_the_definition_each()
    {
        Shape shape = [3, 3, 5, 6];
        double[][] weights = [.. Enumerable.Range(0, 3).Select(layer => RandomNumbers.Uniform(shape.ElementCount, seed: 10 + layer))];
        double[][] velocities = [.. weights.Select(weight => new double[weight.Length])];
        var layers = weights.Select(weight => (
            Weight: Tensor.From(Device, shape, weight, DType.Float32), Velocity: Tensor.Zeros(Device, shape))).ToArray();
        for (int step = 0; step < 2; step++)
        {
            // Gradients of very different sizes.
            double[][] gradients = [.. weights.Select((weight, layer) =>
                RandomNumbers.Uniform(weight.Length, seed: 20 + 3 * step + layer, low: -Math.Pow(0.1, layer), high: Math.Pow(0.1, layer)))];
            for (int layer = 0; layer < 3; layer++)
                UpdateReference.Muon(weights[layer], gradients[layer], velocities[layer], shape[^1], 0.1, 0.95);
            Tensor[] given = [.. gradients.Select(gradient => Tensor.From(Device, shape, gradient, DType.Float32))];
            MuonUpdate.Apply([.. layers.Zip(given, (layer, gradient) => (layer.Weight, gradient, layer.Velocity))], 0.1, 0.95);
            Array.ForEach(given, gradient => gradient.Dispose());
        }

        for (int layer = 0; layer < 3; layer++)
        {
            Assert.That(layers[layer].Weight.ToDoubles(), Is.EqualTo(weights[layer]).Within(2e-5), $"weights {layer}");
            Assert.That(layers[layer].Velocity.ToDoubles(), Is.EqualTo(velocities[layer]).Within(1e-6), $"velocity {layer}");
            layers[layer].Weight.Dispose();
            layers[layer].Velocity.Dispose();
        }
    }

    [Test]
    public void Layers_of_different_shapes_do_not_move_together()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]), other = Tensor.Zeros(Device, [3, 2]);
        Assert.That(
            () => MuonUpdate.Apply([(x, x, x), (other, other, other)], 0.1),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3] and [3, 2] differ"));
    }

    [Test]
    public void The_size_of_the_gradient_does_not_matter()
    {
        double[] gradients = RandomNumbers.Uniform(40, seed: 3);
        float[] large = AfterAStep(gradients), small = AfterAStep([.. gradients.Select(g => g / 1024)]);

        Assert.That(small, Is.EqualTo(large).Within(1e-6));
    }

    [Test]
    public void Layers_with_more_outputs_than_inputs_take_longer_steps()
    {
        // The one singular value of a row or a column goes from 1 to the same number; only the scale differs.
        double wide = Math.Sqrt(AfterAStep([1, 2, 3, 4], [1, 4]).Sum(w => w * w));
        double tall = Math.Sqrt(AfterAStep([1, 2, 3, 4], [4, 1]).Sum(w => w * w));

        Assert.That(wide / tall, Is.EqualTo(2).Within(1e-4));
    }

    [Test]
    public void Empty_weights_are_left_alone()
    {
        using Tensor nothing = Tensor.Zeros(Device, [3, 3, 0, 4]);
        Assert.That(() => MuonUpdate.Apply(nothing, nothing, nothing, 0.1), Throws.Nothing);
    }

    [TestCase(-1, 0.9, "learningRate")]
    [TestCase(double.NaN, 0.9, "learningRate")]
    [TestCase(0.1, -0.5, "momentum")]
    [TestCase(0.1, 1, "momentum")]
    public void Numbers_out_of_range_are_refused(double rate, double momentum, string culprit)
    {
        using Tensor x = Tensor.Zeros(Device, [2, 2]);
        Assert.That(
            () => MuonUpdate.Apply(x, x, x, rate, momentum),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(culprit));
    }

    [Test]
    public void Shapes_that_differ_or_are_no_weights_are_errors_that_name_them()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]), other = Tensor.Zeros(Device, [3, 2]), bias = Tensor.Zeros(Device, [3]);
        Assert.That(() => MuonUpdate.Apply(x, other, x, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 2]"));
        Assert.That(() => MuonUpdate.Apply(x, x, other, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 2]"));
        Assert.That(() => MuonUpdate.Apply(bias, bias, bias, 0.1), Throws.TypeOf<ShapeException>().With.Message.Contains("Use Adam"));
    }

    private float[] AfterAStep(double[] gradients) => AfterAStep(gradients, [8, 5]);

    private float[] AfterAStep(double[] gradients, Shape shape)
    {
        using Tensor weight = Tensor.Zeros(Device, shape), velocity = Tensor.Zeros(Device, shape);
        using Tensor gradient = Tensor.From(Device, shape, gradients, DType.Float32);
        MuonUpdate.Apply(weight, gradient, velocity, learningRate: 1);
        return weight.ToArray();
    }
}

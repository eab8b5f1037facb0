using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Functions;

/// <summary>The block as a single operation on the tape, against the same composed of its parts.</summary>
public sealed class Conv2dBlockTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void The_fused_block_is_the_composed_one_and_so_are_its_gradients(
        [Values] bool hasRelu, [Values] bool isResidual, [Values] bool hasBias, [Values(3, 16)] int channels)
    {
        using Tensor x = Random([2, 5, 3, channels], 1), w = Random([3, 3, channels, channels], 2), b = Random([channels], 3);
        using Tensor seed = Random(x.Shape, 4);
        var form = new Conv2dBlockForm(1, 1, hasRelu, isResidual);

        double[][] fused = ValueAndGradients(
            x, w, hasBias ? b : null, seed, (vx, vw, vb) => Conv2dBlockFunction.Apply(vx, vw, vb, form));
        double[][] composed = ValueAndGradients(x, w, hasBias ? b : null, seed, (vx, vw, vb) => Compose(vx, vw, vb, form));

        Assert.That(fused, Has.Length.EqualTo(composed.Length));
        for (int i = 0; i < fused.Length; i++)
            Assert.That(Distance(fused[i], composed[i]), Is.InRange(0, 1e-5), $"result {i}");
    }

    [Test]
    public void The_network_computes_the_same_with_and_without_fusing([Values] Zssr.Nn.NetworkForm form)
    {
        using var composing = Zssr.Tensors.Device.Open(Device.Name, Kind.Options with { Fuse = false });
        Assert.That(Conv2dBlock.Fits(Device, DType.Float32), Is.True);
        Assert.That(Conv2dBlock.Fits(composing, DType.Float32), Is.False);

        double[][] fused = NetworkGradients(Device, form), composed = NetworkGradients(composing, form);

        for (int i = 0; i < fused.Length; i++)
            Assert.That(Distance(fused[i], composed[i]), Is.InRange(0, 1e-5), $"result {i}");
    }

    [Test]
    public void A_block_without_gradients_remembers_nothing()
    {
        using Tensor x = Random([1, 8, 8, 16], 1), w = Random([3, 3, 16, 16], 2);
        using var tape = new Tape();
        int before = Device.LiveBuffers;

        using (tape.NoGradient())
            Conv2dBlockFunction.Apply(tape.Constant(x), tape.Watch(w), null, new(1, 1, HasRelu: true, IsResidual: false));

        Assert.That(Device.LiveBuffers, Is.EqualTo(before + 1));
    }

    [Test]
    public void A_backward_pass_frees_the_bits_and_a_kept_graph_keeps_them()
    {
        using Tensor x = Random([1, 8, 8, 16], 1), w = Random([3, 3, 16, 16], 2);
        using var tape = new Tape();
        Variable y = Conv2dBlockFunction.Apply(tape.Constant(x), tape.Watch(w), null, new(1, 1, HasRelu: true, IsResidual: false)).Keep();
        int withBits = Device.LiveBuffers;

        tape.Backward(y, tape.Constant(x), keepGraph: true);
        double[] first = tape.Watch(w).Gradient!.Value.ToDoubles();
        Assert.That(Device.LiveBuffers, Is.EqualTo(withBits + 1), "the gradient has come");
        tape.Backward(y, tape.Constant(x));

        Assert.That(Device.LiveBuffers, Is.EqualTo(withBits + 2), "the second gradient and the sum have come, the bits have gone");
        Assert.That(tape.Watch(w).Gradient!.Value.ToDoubles(), Is.EqualTo(first.Select(g => 2 * g)));
    }

    [Test]
    public void A_second_derivative_is_refused()
    {
        using Tensor x = Random([1, 4, 4, 16], 1), w = Random([3, 3, 16, 16], 2);
        using var tape = new Tape();
        Variable y = Conv2dBlockFunction.Apply(tape.Constant(x), tape.Watch(w), null, new(1, 1, HasRelu: true, IsResidual: false));

        Assert.That(
            () => tape.Backward(y, tape.Constant(x), createGraph: true),
            Throws.TypeOf<GraphException>().With.Message.Contain("no second derivative"));
    }

    [Test]
    public void A_residual_needs_an_output_of_the_inputs_shape()
    {
        using Tensor x = Random([1, 4, 4, 3], 1), w = Random([3, 3, 3, 5], 2);

        Assert.That(
            () => Conv2dBlock.Forward(x, w, null, new(1, 1, HasRelu: true, IsResidual: true), keepsMask: false, out _),
            Throws.TypeOf<ShapeException>().With.Message.Contain("[1, 4, 4, 5]").And.Message.Contain("must be equal"));
    }

    [Test]
    public void A_type_without_the_operation_is_named()
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
        using Tensor x = Tensor.Zeros(Device, [1, 4, 4, 3], DType.Float64), w = Tensor.Zeros(Device, [3, 3, 3, 3], DType.Float64);

        Assert.That(
            () => Conv2dBlock.Forward(x, w, null, new(1, 1, HasRelu: true, IsResidual: true), keepsMask: false, out _),
            Throws.TypeOf<DeviceException>().With.Message.Contain("float64").And.Message.Contain("Compose"));
    }

    private static Variable Compose(Variable x, Variable w, Variable? b, Conv2dBlockForm form)
    {
        Variable y = Conv2dFunction.Apply(x, w, b, form.Stride, form.Padding);
        if (form.HasRelu)
            y = ReluFunction.Apply(y);
        return form.IsResidual ? y + x : y;
    }

    private static double[][] ValueAndGradients(
        Tensor x, Tensor w, Tensor? b, Tensor seed, Func<Variable, Variable, Variable?, Variable> block)
    {
        using var tape = new Tape();
        Variable vx = tape.Watch(x), vw = tape.Watch(w);
        Variable? vb = b is null ? null : tape.Watch(b);
        Variable y = block(vx, vw, vb).Keep();
        tape.Backward(y, tape.Constant(seed));
        double[][] results = [y.Value.ToDoubles(), vx.Gradient!.Value.ToDoubles(), vw.Gradient!.Value.ToDoubles()];
        return vb is null ? results : [.. results, vb.Gradient!.Value.ToDoubles()];
    }

    private double[][] NetworkGradients(Device device, Zssr.Nn.NetworkForm form)
    {
        using var network = new Zssr.Nn.ZssrNetwork(device, new Zssr.Nn.NetworkSettings { Form = form, Width = 20, Depth = 4 }, 3, seed: 1);
        using Tensor image = Random([1, 9, 14, 3], 5), detail = Random([1, 9, 14, 3], 6);
        using Tensor x = image.To(device), target = detail.To(device);
        using var tape = new Tape();
        tape.Backward(MeanSquaredLossFunction.Apply(network.Forward(tape.Constant(x)), tape.Constant(target)));
        return [.. network.Parameters.Select(parameter => tape.Watch(parameter.Value).Gradient!.Value.ToDoubles())];
    }

    private Tensor Random(Shape shape, int seed)
    {
        var random = new Random(seed);
        return Tensor.From(Device, shape, [.. Enumerable.Range(0, shape.ElementCount).Select(_ => random.NextSingle() * 2 - 1)]);
    }

    /// <summary>‖x − y‖ / ‖y‖, and 0 where both are 0.</summary>
    private static double Distance(double[] x, double[] y)
    {
        double difference = Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
        return difference == 0 ? 0 : difference / Math.Sqrt(y.Sum(b => b * b));
    }
}

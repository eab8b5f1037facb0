using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Network;

public sealed class ModuleTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void A_convolution_layer_applies_its_weight_bias_stride_and_padding()
    {
        using var layer = new Conv2dLayer(Device, 2, 3, 3, new FanInUniform(), seed: 5, stream: 0, stride: 2, padding: 0);
        using Tensor x = Noise([1, 7, 9, 2]), y = layer.Infer(x);
        using Tensor expected = Composed(x, v => Convolve(v, layer, stride: 2, padding: 0));

        Assert.That(y.Shape, Is.EqualTo(Shape.Create([1, 3, 4, 3])));
        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void A_block_is_convolution_then_relu_then_plus_x([Values] bool hasRelu, [Values] bool isResidual)
    {
        using var block = new Conv2dBlockLayer(Layer(4, 4, 0), hasRelu, isResidual);
        using Tensor x = Noise([1, 5, 6, 4]), y = block.Infer(x);
        using Tensor expected = Composed(x, v =>
        {
            Variable z = Convolve(v, block.Convolution);
            z = hasRelu ? ReluFunction.Apply(z) : z;
            return isResidual ? z + v : z;
        });

        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void Modules_in_sequence_act_one_on_the_others_answer()
    {
        Conv2dLayer first = Layer(2, 4, 0), second = Layer(4, 2, 2);
        using var network = new Sequential(first, new ReluLayer(), second);
        using Tensor x = Noise([1, 5, 6, 2]), y = network.Infer(x);
        using Tensor expected = Composed(x, v => Convolve(ReluFunction.Apply(Convolve(v, first)), second));

        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void A_residual_module_adds_its_input()
    {
        Conv2dLayer inner = Layer(3, 3, 0);
        using var module = new Residual(inner);
        using Tensor x = Noise([1, 5, 6, 3]), y = module.Infer(x);
        using Tensor expected = Composed(x, v => Convolve(v, inner) + v);

        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void An_empty_sequence_passes_its_input_on_wherever_it_stands()
    {
        Conv2dLayer layer = Layer(2, 2, 0);
        using var network = new Sequential(new Sequential(), layer, new Sequential(), new Residual(new Sequential()));
        using Tensor x = Noise([1, 4, 4, 2]), y = network.Infer(x);
        using Tensor expected = Composed(x, v => Convolve(v, layer) * 2);

        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    [Test]
    public void Parameters_have_PyTorchs_names_in_the_order_of_the_modules()
    {
        using var network = new Sequential(
            Layer(2, 4, 0), new ReluLayer(), new Residual(new Sequential(Layer(4, 4, 2))), new Conv2dBlockLayer(Layer(4, 2, 4), true, false));

        Assert.That(
            network.Parameters.Select(parameter => parameter.Name),
            Is.EqualTo(new[] { "0.weight", "0.bias", "2.0.weight", "2.0.bias", "3.weight", "3.bias" }));
        Assert.That(network.ParameterCount, Is.EqualTo(9 * 2 * 4 + 4 + 9 * 4 * 4 + 4 + 9 * 4 * 2 + 2));
    }

    [Test]
    public void Inference_gives_the_same_as_a_recorded_pass_and_leaves_its_input_alone()
    {
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 8, Depth = 4 }, 3, seed: 1);
        using Tensor x = Noise([1, 9, 7, 3]);
        float[] before = x.ToArray();
        using Tensor inferred = network.Infer(x);
        using var tape = new Tape();

        Assert.That(inferred.ToArray(), Is.EqualTo(network.Forward(tape.Constant(x)).Value.ToArray()));
        Assert.That(x.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void Inference_holds_no_more_buffers_in_the_last_layer_than_in_the_third()
    {
        var counts = new List<int>();
        using var network = new Sequential([.. Enumerable.Range(0, 8).SelectMany(layer =>
            new Module[] { new Conv2dBlockLayer(Layer(3, 3, 2 * layer), true, true), new BufferCounter(counts) })]);
        using Tensor x = Noise([1, 6, 6, 3]);
        int before = Device.LiveBuffers;
        using (Tensor y = network.Infer(x))
            Assert.That(Device.LiveBuffers, Is.EqualTo(before + 1), "after inference");

        Assert.That(counts.Skip(2).Distinct().Count(), Is.EqualTo(1), string.Join(", ", counts));
    }

    private Conv2dLayer Layer(int inputs, int outputs, int stream) =>
        new(Device, inputs, outputs, 3, new FanInUniform(), seed: 3, stream: (ulong)stream);

    private Tensor Noise(Shape shape) =>
        Tensor.From(Device, shape, RandomNumbers.Uniform(shape.ElementCount, seed: 11), DType.Float32);

    private static Variable Convolve(Variable x, Conv2dLayer layer, int stride = 1, int padding = 1) => Conv2dFunction.Apply(
        x, x.Tape.Watch(layer.Parameters[0].Value), x.Tape.Watch(layer.Parameters[1].Value), stride, padding);

    private static Tensor Composed(Tensor x, Func<Variable, Variable> function)
    {
        using var tape = new Tape();
        return function(tape.Constant(x)).Value.Share();
    }

    /// <summary>Passes its input on, and notes how many buffers the device holds.</summary>
    private sealed class BufferCounter(List<int> counts) : Module
    {
        public override Variable Forward(Variable x)
        {
            counts.Add(x.Value.Device.LiveBuffers);
            return x;
        }
    }
}

using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Network;

/// <summary>The form that sees the small image and enlarges it itself.</summary>
public sealed class SubPixelNetworkTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly NetworkSettings Small = new() { Form = NetworkForm.SubPixel, Width = 5, Depth = 3 };

    [Test]
    public void The_last_layer_has_a_channel_for_each_value_of_a_block()
    {
        using ZssrNetwork network = Of(Small, 3, new WholeScale(2, 3));

        Assert.That(network.Parameters.Select(parameter => $"{parameter.Name} {parameter.Value.Shape}"), Is.EqualTo(new[]
        {
            "layers.0.weight [3, 3, 3, 5]", "layers.1.weight [3, 3, 5, 5]", "layers.2.weight [3, 3, 5, 18]",
        }));
    }

    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(1, 4)]
    [TestCase(3, 2)]
    public void Without_weights_it_interpolates_as_imresize(int vertical, int horizontal)
    {
        using ZssrNetwork network = Of(Small, 3, new WholeScale(vertical, horizontal));
        foreach ((_, Tensor value) in network.Parameters)
        {
            using Tensor zeros = Tensor.Zeros(Device, value.Shape);
            value.Assign(zeros);
        }

        Image image = PlainImages.Noise(6, 5, 3, seed: 1);
        using Tensor x = image.On(Device), y = network.Infer(x);

        y.Plain().AssertEquals(image.ImResized(vertical, horizontal, 6 * vertical, 5 * horizontal), 1e-6);
    }

    [Test]
    public void Each_channel_of_the_last_layer_goes_to_its_pixel_of_the_block()
    {
        // One layer of 1 x 1: channel (r·3 + s)·2 + c of pixel (i, j) is Σ_k x[i, j, k] · w[k, that channel].
        var settings = new NetworkSettings { Form = NetworkForm.SubPixel, Depth = 1, KernelSize = 1, WeightGain = 1 };
        using ZssrNetwork network = Of(settings, channels: 2, new WholeScale(2, 3));
        double[] w = network.Parameters[0].Value.ToDoubles();
        Image image = PlainImages.Noise(4, 5, 2, seed: 1), interpolated = image.ImResized(2, 3, 8, 15);
        Image expected = PlainImages.Of(8, 15, 2, (i, j, c) =>
        {
            int channel = (((i % 2 * 3) + (j % 3)) * 2) + c;
            return interpolated[i, j, c] + (image[i / 2, j / 3, 0] * w[channel]) + (image[i / 2, j / 3, 1] * w[12 + channel]);
        });
        using Tensor x = image.On(Device), y = network.Infer(x);

        y.Plain().AssertEquals(expected, 2e-6);
    }

    [Test]
    public void The_loss_has_a_gradient_for_every_parameter()
    {
        using ZssrNetwork network = Of(Small, 3, new WholeScale(2, 2));
        using Tensor x = PlainImages.Noise(8, 6, 3, seed: 2).On(Device), zeros = Tensor.Zeros(Device, [1, 16, 12, 3]);
        using var tape = new Tape();

        tape.Backward(MeanSquaredLossFunction.Apply(network.Forward(tape.Constant(x)), tape.Constant(zeros)));

        foreach ((string name, Tensor value) in network.Parameters)
            Assert.That(tape.Watch(value).Gradient?.Value.ToArray().Max(Math.Abs) ?? 0, Is.GreaterThan(0), name);
    }

    [Test]
    public void Inference_leaves_only_its_result()
    {
        using ZssrNetwork network = Of(Small, 3, new WholeScale(2, 2));
        using Tensor x = PlainImages.Noise(8, 6, 3, seed: 2).On(Device);
        int before = Device.LiveBuffers;

        using (Tensor y = network.Infer(x))
            Assert.That(Device.LiveBuffers, Is.EqualTo(before + 1));
        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
    }

    [Test]
    public void Other_forms_do_not_enlarge() => Assert.That(
        () => Of(Small with { Form = NetworkForm.GlobalResidual }, 3, new WholeScale(2, 2)),
        Throws.ArgumentException.With.Message.Contains("GlobalResidual").And.Message.Contains("SubPixel"));

    [Test]
    public void All_gradients_are_those_of_float64()
    {
        if (Kind != TestDevice.Cpu)
            return;
        double[] expected = Gradients(DType.Float64), actual = Gradients(DType.Float32);
        double distance = Math.Sqrt(actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum() / expected.Sum(e => e * e));
        Assert.That(distance, Is.InRange(0, 1e-5));
    }

    private double[] Gradients(DType dtype)
    {
        var settings = new NetworkSettings { Form = NetworkForm.SubPixel, Width = 32 };
        using var network = new ZssrNetwork(Device, settings, channels: 3, seed: 3, dtype, enlargement: new WholeScale(2, 3));
        using Tensor image = RandomTensors.Uniform(Device, [1, 17, 12, 3], seed: 4);
        using Tensor weight = RandomTensors.Uniform(Device, [1, 34, 36, 3], seed: 5);
        using Tensor x = image.To(dtype), w = weight.To(dtype);
        using var tape = new Tape();
        tape.Backward(SumFunction.Apply(network.Forward(tape.Constant(x)) * tape.Constant(w)));
        return [.. network.Parameters.SelectMany(parameter => tape.Watch(parameter.Value).Gradient!.Value.ToDoubles())];
    }

    private ZssrNetwork Of(NetworkSettings settings, int channels, WholeScale enlargement) =>
        new(Device, settings, channels, seed: 1, enlargement: enlargement);
}

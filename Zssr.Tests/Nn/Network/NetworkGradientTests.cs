using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Network;

/// <summary>The gradients of the whole network by the fast paths in float32 against float64.</summary>
[TestFixture]
public sealed class NetworkGradientTests
{
    [TestCase(NetworkForm.BlockResiduals, 26, 31)]
    [TestCase(NetworkForm.GlobalResidual, 33, 18)]
    [TestCase(NetworkForm.BlockResiduals, 5, 3)]
    [TestCase(NetworkForm.BlockResiduals, 1, 1)]
    [TestCase(NetworkForm.GlobalResidual, 8, 8)]
    public void All_gradients_are_those_of_float64(NetworkForm form, int height, int width)
    {
        double[] expected = Gradients(form, height, width, DType.Float64), actual = Gradients(form, height, width, DType.Float32);

        double distance = Math.Sqrt(actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum() / expected.Sum(e => e * e));

        TestContext.Out.WriteLine($"relative L2 {distance:G3}");
        Assert.That(distance, Is.InRange(0, 1e-5)); // NUnit takes NaN for less than any number
    }

    private static double[] Gradients(NetworkForm form, int height, int width, DType dtype)
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using var network = new ZssrNetwork(device, new NetworkSettings { Form = form }, channels: 3, seed: 3, dtype);
        using Tensor image = RandomTensors.Uniform(device, [1, height, width, 3], seed: 4);
        using Tensor weight = RandomTensors.Uniform(device, [1, height, width, 3], seed: 5);
        using Tensor x = image.To(dtype), w = weight.To(dtype);
        using var tape = new Tape();
        // A loss without kinks: that of an L1 loss has signs, which rounding turns.
        tape.Backward(SumFunction.Apply(network.Forward(tape.Constant(x)) * tape.Constant(w)));
        return [.. network.Parameters.SelectMany(parameter => tape.Watch(parameter.Value).Gradient!.Value.ToDoubles())];
    }
}

using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Optimizers;

public sealed class MuonTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase(NetworkForm.GlobalResidual)]
    [TestCase(NetworkForm.BlockResiduals)]
    public void Inner_layers_take_Muons_steps_and_all_else_Adams(NetworkForm form)
    {
        using var network = new ZssrNetwork(Device, new NetworkSettings { Form = form, Depth = 4, Width = 6 }, channels: 3, seed: 1);
        string[] inner = ["layers.1.weight", "layers.2.weight"];
        Dictionary<string, double[]> expected = network.Parameters.ToDictionary(p => p.Name, p => p.Value.ToDoubles());
        Dictionary<string, double[][]> means = expected.ToDictionary(
            p => p.Key, p => new[] { new double[p.Value.Length], new double[p.Value.Length] });
        using Tensor image = RandomTensors.Uniform(Device, [1, 9, 8, 3], seed: 2);
        using Tensor target = RandomTensors.Uniform(Device, image.Shape, seed: 3);
        using var muon = new Muon(network.Parameters, adamShare: 0.25, momentum: 0.9);
        for (int step = 1; step <= 4; step++)
        {
            double rate = 0.02 / step;
            using var tape = new Tape();
            tape.Backward(MeanSquaredLossFunction.Apply(network.Forward(tape.Constant(image)), tape.Constant(target)));
            foreach (NamedParameter parameter in network.Parameters)
            {
                double[] gradient = tape.Watch(parameter.Value).Gradient!.Value.ToDoubles();
                double[][] mean = means[parameter.Name];
                if (inner.Contains(parameter.Name))
                    UpdateReference.Muon(expected[parameter.Name], gradient, mean[0], parameter.Value.Shape[^1], rate, 0.9);
                else
                    UpdateReference.Adam(expected[parameter.Name], gradient, mean[0], mean[1], step, 0.25 * rate, 0.9, 0.999, 1e-8);
            }

            muon.Step(tape, rate);
        }

        foreach (NamedParameter parameter in network.Parameters)
            Assert.That(parameter.Value.ToDoubles(), Is.EqualTo(expected[parameter.Name]).Within(2e-5), parameter.Name);
    }

    [Test]
    public void State_is_a_velocity_for_inner_weights_and_moments_for_the_rest()
    {
        using var network = new ZssrNetwork(
            Device, new NetworkSettings { Form = NetworkForm.BlockResiduals, Depth = 3, Width = 2 }, channels: 1, seed: 1);
        using var muon = new Muon(network.Parameters);

        string[] byAdam = ["layers.0.weight", "layers.0.bias", "layers.1.bias", "layers.2.weight", "layers.2.bias"];
        Assert.That(muon.State.Select(kept => kept.Name), Is.EquivalentTo(
            byAdam.SelectMany(name => new[] { "first_moment." + name, "second_moment." + name }).Append("velocity.layers.1.weight")));
    }

    [Test]
    public void A_network_of_two_layers_has_no_inner_one()
    {
        using var network = new ZssrNetwork(Device, new NetworkSettings { Depth = 2, Width = 2 }, channels: 1, seed: 1);
        using var muon = new Muon(network.Parameters);

        Assert.That(muon.State.Select(kept => kept.Name), Has.None.StartsWith("velocity"));
    }
}

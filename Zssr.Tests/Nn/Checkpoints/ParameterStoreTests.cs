using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Checkpoints;

public sealed class ParameterStoreTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly NetworkSettings Settings = new() { Form = NetworkForm.BlockResiduals, Width = 5, Depth = 3 };

    [Test]
    public void A_networks_parameters_come_back_from_a_file_under_a_prefix()
    {
        using var written = new ZssrNetwork(Device, Settings, 3, seed: 1);
        using var read = new ZssrNetwork(Device, Settings, 3, seed: 2);
        var file = new SafetensorsFile();
        ParameterStore.Add(file, written.Parameters, "model.");
        ParameterStore.Load(file, read.Parameters, "model.");

        Assert.That(file.Names, Is.EqualTo(written.Parameters.Select(parameter => "model." + parameter.Name)));
        Assert.That(file.ShapeOf("model.layers.0.weight"), Is.EqualTo(Shape.Create([5, 3, 3, 3])));
        Assert.That(file.ShapeOf("model.layers.0.bias"), Is.EqualTo(Shape.Create([5])));
        foreach ((NamedParameter a, NamedParameter b) in written.Parameters.Zip(read.Parameters))
            Assert.That(b.Value.ToArray(), Is.EqualTo(a.Value.ToArray()), a.Name);
    }

    [Test]
    public void Float64_parameters_keep_their_last_bit()
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore($"{Device.Info.Description} has no float64");
        using var written = new ZssrNetwork(Device, Settings, 1, seed: 1, DType.Float64);
        using var read = new ZssrNetwork(Device, Settings, 1, seed: 2, DType.Float64);
        var file = new SafetensorsFile();
        ParameterStore.Add(file, written.Parameters);
        ParameterStore.Load(file, read.Parameters);

        Assert.That(file.DTypeOf("layers.1.weight"), Is.EqualTo(DType.Float64));
        Assert.That(read.Parameters[2].Value.ToDoubles(), Is.EqualTo(written.Parameters[2].Value.ToDoubles()));
    }

    [Test]
    public void A_file_of_another_network_changes_nothing()
    {
        using var wide = new ZssrNetwork(Device, Settings with { Width = 6 }, 3, seed: 1);
        using var shallow = new ZssrNetwork(Device, Settings with { Depth = 2 }, 3, seed: 1);
        using var network = new ZssrNetwork(Device, Settings, 3, seed: 2);
        float[] before = network.Parameters[0].Value.ToArray();

        Assert.That(
            () => Load(wide),
            Throws.TypeOf<CheckpointException>().With.Message.Contains("[6, 3, 3, 3]").And.Message.Contains("[5, 3, 3, 3]"));
        Assert.That(() => Load(shallow), Throws.TypeOf<CheckpointException>());
        Assert.That(network.Parameters[0].Value.ToArray(), Is.EqualTo(before));

        void Load(ZssrNetwork other)
        {
            var file = new SafetensorsFile();
            ParameterStore.Add(file, other.Parameters);
            ParameterStore.Load(file, network.Parameters);
        }
    }
}

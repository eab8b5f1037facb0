using System.Text.Json.Nodes;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Checkpoints;

/// <summary>Networks found in files.</summary>
public sealed class StoredNetworkTests
{
    [Test]
    public void A_checkpoint_gives_the_network_that_made_the_runs_result()
    {
        // One training, one copy, no back-projection: the result is the network's answer, clamped.
        ZssrSettings settings = SmallRuns.Paper with { Inference = new InferenceSettings { Ensemble = 1, BackProjections = 0 } };
        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 10, 8, 3], seed: 1);
        var bytes = new MemoryStream();
        using SuperResolutionResult result = new SuperResolver(settings).Run(image, new RunHooks
        {
            Checkpoint = state =>
            {
                bytes.SetLength(0);
                state.Write(bytes);
            },
        });

        using StoredNetwork stored = StoredNetwork.Read(SmallRuns.Cpu, SafetensorsFile.Read(bytes.ToArray()));
        using Tensor output = new Enlarger(stored.Network, Rescaling.Of(stored.Settings!), stored.Settings!.Inference, stored.Settings.Peak)
            .EnlargePlainly(image, new Scale(2), 20, 16);

        Assert.That(output.ToArray(), Is.EqualTo(result.Output.ToArray()));
        Assert.That(stored.Settings.ToJson(), Is.EqualTo(settings.ToJson()));
        Assert.That(stored.Checkpoint!.OptimizerSteps, Is.EqualTo(24));
    }

    [Test]
    public void Parameters_alone_tell_form_depth_width_kernel_and_channels(
        [Values] NetworkForm form, [Values(1, 2, 4)] int depth, [Values(1, 5)] int kernelSize, [Values(1, 3)] int channels)
    {
        var settings = new NetworkSettings { Form = form, Depth = depth, KernelSize = kernelSize, Width = 6 };
        WholeScale enlargement = form == NetworkForm.SubPixel ? new(3, 3) : WholeScale.One;
        using var network = new ZssrNetwork(SmallRuns.Cpu, settings, channels, seed: 1, enlargement: enlargement);

        using StoredNetwork stored = StoredNetwork.Read(SmallRuns.Cpu, FileOf(network));

        Assert.That(stored.Network.Enlargement, Is.EqualTo(enlargement));
        Assert.That(stored.Network.Channels, Is.EqualTo(channels));
        Assert.That(stored.Network.Settings with { Width = 6 }, Is.EqualTo(settings));
        Assert.That(depth == 1 || stored.Network.Settings.Width == 6);
        foreach ((NamedParameter read, NamedParameter written) in stored.Network.Parameters.Zip(network.Parameters))
            Assert.That(read.Value.ToArray(), Is.EqualTo(written.Value.ToArray()), read.Name);
        Assert.That((stored.Checkpoint, stored.Settings), Is.EqualTo(((TrainingCheckpoint?)null, (ZssrSettings?)null)));
    }

    [Test]
    public void Parameters_alone_do_not_tell_in_what_order_a_block_of_pixels_lies_but_a_run_does()
    {
        var settings = SmallRuns.SubPixel with { Passes = 1, Scales = [new(2, 3)] };
        using var network = new ZssrNetwork(SmallRuns.Cpu, settings.Network, 3, seed: 1, enlargement: new WholeScale(2, 3));
        Assert.That(() => Read(FileOf(network)), Refused("6 pixels of one", "run's checkpoint"));

        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 10, 8, 3], seed: 1);
        byte[] checkpoint = SmallRuns.LastCheckpoint(new SuperResolver(settings), image);
        using StoredNetwork stored = StoredNetwork.Read(SmallRuns.Cpu, SafetensorsFile.Read(checkpoint));
        Assert.That(stored.Network.Enlargement, Is.EqualTo(new WholeScale(2, 3)));
    }

    [Test]
    public void What_is_no_such_network_is_told()
    {
        var other = new SafetensorsFile();
        other.Add("conv1.weight", [2, 1, 3, 3], new float[18]);
        Assert.That(() => Read(other), Refused("'layers.0.weight'", "'conv1.weight'"));
        Assert.That(() => Read(new SafetensorsFile()), Refused("'layers.0.weight'", "0 arrays"));

        Assert.That(() => Read(FileOf(("layers.0.weight", [2, 3]))), Refused("[2, 3]", "[outputs, inputs, kernel height, kernel width]"));
        Assert.That(() => Read(FileOf(("layers.0.weight", [3, 3, 2, 2]))), Refused("kernel size: 2", "odd"));
        Assert.That(() => Read(FileOf(("layers.0.weight", [3, 3, 3, 5]))), Refused("'layers.0.weight' has shape [3, 3, 3, 5]"));
        Assert.That(
            () => Read(FileOf(("layers.0.weight", [4, 3, 3, 3]), ("layers.2.weight", [3, 4, 3, 3]))), Refused("'layers.2.weight'", "missing"));
        Assert.That(
            () => Read(FileOf(("layers.0.weight", [4, 3, 3, 3]), ("layers.1.weight", [3, 4, 3, 3]), ("layers.1.bias", [3]))),
            Refused("'layers.1.bias'", "GlobalResidual"));
    }

    [Test]
    public void A_network_that_is_not_finite_is_refused([Values(float.NaN, float.PositiveInfinity)] float value)
    {
        using var network = new ZssrNetwork(SmallRuns.Cpu, SmallRuns.Paper.Network, channels: 3, seed: 1);
        Tensor last = network.Parameters[^1].Value;
        float[] weights = last.ToArray();
        weights[^1] = value;
        using var changed = Tensor.From(SmallRuns.Cpu, last.Shape, weights);
        last.Assign(changed);

        Assert.That(() => Read(FileOf(network)), Refused($"'{network.Parameters[^1].Name}'", "finite"));
    }

    [Test]
    public void A_checkpoint_with_settings_of_another_network_is_refused()
    {
        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 10, 8, 3], seed: 1);
        var bytes = new MemoryStream();
        using SuperResolutionResult result = new SuperResolver(SmallRuns.Small(ZssrPresets.Fast, iterations: 1) with { Passes = 1 })
            .Run(image, new RunHooks { Checkpoint = state => state.Write(bytes), CheckpointInterval = TimeSpan.MaxValue });
        SafetensorsFile file = SafetensorsFile.Read(bytes.ToArray());

        string settings = file.Metadata["settings"];
        file.Metadata["settings"] = settings.Replace("\"depth\": 2", "\"depth\": 1", StringComparison.Ordinal);
        Assert.That(() => Read(file), Refused("'layers.1.weight'"));
        file.Metadata["settings"] = settings.Replace("\"width\": 4", "\"width\": 5", StringComparison.Ordinal);
        Assert.That(() => Read(file), Refused("the network's is [5, 3, 3, 3]"));
        file.Metadata["settings"] = settings.Replace("\"width\": 4", "\"width\": 1024", StringComparison.Ordinal);
        Assert.That(() => Read(file), Refused("width 1024", "has 138240 weights, but the file has"));
        foreach (string member in new[] { "network", "training", "pairs", "inference", "scales", "preset", "pairs.fatherScales" })
        {
            file.Metadata["settings"] = WithNull(settings, member);
            Assert.That(() => Read(file), Refused("JSON", member.Split('.')[^1]));
        }

        file.Metadata["settings"] = "{";
        Assert.That(() => Read(file), Refused("JSON"));
        file.Metadata["format"] = "zssr-training-9";
        Assert.That(() => Read(file), Refused("zssr-training-9"));
    }

    private static string WithNull(string json, string path)
    {
        JsonNode root = JsonNode.Parse(json)!, parent = root;
        string[] names = path.Split('.');
        foreach (string name in names[..^1])
            parent = parent[name]!;
        Assert.That(parent[names[^1]], Is.Not.Null, path);
        parent[names[^1]] = null;
        return root.ToJsonString();
    }

    private static void Read(SafetensorsFile file) => StoredNetwork.Read(SmallRuns.Cpu, file).Dispose();

    private static NUnit.Framework.Constraints.Constraint Refused(params string[] parts) => parts.Aggregate(
        (NUnit.Framework.Constraints.Constraint)Throws.TypeOf<CheckpointException>(),
        (constraint, part) => constraint & Throws.Exception.With.Message.Contains(part));

    private static SafetensorsFile FileOf(ZssrNetwork network)
    {
        var file = new SafetensorsFile();
        ParameterStore.Add(file, network.Parameters);
        return file;
    }

    private static SafetensorsFile FileOf(params (string Name, Shape Shape)[] arrays)
    {
        var file = new SafetensorsFile();
        foreach ((string name, Shape shape) in arrays)
            file.Add(name, shape, new float[shape.ElementCount]);
        return file;
    }
}

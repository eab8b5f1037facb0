using System.Globalization;
using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Golden;

/// <summary>
/// Whole training runs that were made with PyTorch: the same initial weights, images and learning rate must give the same losses,
/// first gradients, output and final weights, step by step.
/// </summary>
public sealed class TrainingRunTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void The_articles_network_in_float64_follows_PyTorch() =>
        Follow("train_article_small_f64.safetensors", DType.Float64, lossTolerance: 1e-9, tensorTolerance: 1e-8);

    [Test]
    public void The_papers_network_in_float64_follows_PyTorch() =>
        Follow("train_paper_small_f64.safetensors", DType.Float64, lossTolerance: 1e-9, tensorTolerance: 1e-8);

    [Test]
    public void The_articles_full_network_in_float32_follows_PyTorch() =>
        // Adam's first step is the gradient's sign, which rounding turns where a gradient is nearly 0: losses and final weights differ more
        // than gradients do, by whole steps of single weights. That the loop is right, float64 shows.
        // A step of the portable kernels takes a second.
        Follow(
            "train_article_full_f32.safetensors", DType.Float32, lossTolerance: 2e-3, tensorTolerance: 1e-3, finalTolerance: 5e-3,
            mostSteps: Kind == TestDevice.Portable ? Thoroughness.Of(usual: 2, thorough: int.MaxValue) : int.MaxValue);

    [TestCase("train_article_small_f64.safetensors")]
    [TestCase("train_paper_small_f64.safetensors")]
    public void The_trainers_own_loop_follows_PyTorch(string file)
    {
        RequireFloat64();
        GoldenFile golden = GoldenFile.Open(file);
        double[] losses = golden.Doubles("losses");
        using ZssrNetwork network = Network(golden, file, DType.Float64);
        using var pair = new OnePair(Image(golden, "x", DType.Float64), Image(golden, "target", DType.Float64));
        var settings = new TrainingSettings
        {
            Iterations = losses.Length,
            LearningRate = Rate(golden),
            RatePolicy = RatePolicyKind.Constant,
            StopBelow = 0,
        };

        using var trainer = new ZssrTrainer(network, pair, settings);
        while (trainer.Step())
        {
        }

        trainer.ReadLosses();
        Assert.That(trainer.History.Losses, Is.EqualTo(losses).Within(1e-7).Percent);
        CompareWeights(golden, network, 1e-8);
    }

    /// <summary>Trains as the file says and compares at every step, and the weights after the last.</summary>
    private void Follow(
        string file, DType dtype, double lossTolerance, double tensorTolerance, double? finalTolerance = null, int mostSteps = int.MaxValue)
    {
        if (dtype == DType.Float64)
            RequireFloat64();
        GoldenFile golden = GoldenFile.Open(file);
        double[] losses = golden.Doubles("losses");
        using ZssrNetwork network = Network(golden, file, dtype);
        using var adam = new Adam(network.Parameters);
        using Tensor x = Image(golden, "x", dtype), target = Image(golden, "target", dtype);

        for (int step = 1; step <= Math.Min(losses.Length, mostSteps); step++)
        {
            using var tape = new Tape();
            Variable output = network.Forward(tape.Constant(x)).Keep();
            Variable loss = L1LossFunction.Apply(output, tape.Constant(target));
            tape.Backward(loss);
            Assert.That(loss.Value.Item(), Is.EqualTo(losses[step - 1]).Within(lossTolerance * losses[step - 1]), $"loss of step {step}");
            if (step == 1)
            {
                Tensor expectedOutput = Layout.FromNchw(
                    OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape("output_0")), golden.Doubles("output_0"));
                AssertClose(expectedOutput, output.Value, tensorTolerance, "first output");
                foreach ((string name, Tensor value) in Renamed(network))
                {
                    Tensor gradient = tape.Watch(value).Gradient!.Value;
                    AssertClose(Expected(golden, $"grad_0.{name}"), gradient, tensorTolerance, $"first gradient of {name}");
                }
            }

            adam.Step(tape, Rate(golden));
        }

        if (mostSteps >= losses.Length)
            CompareWeights(golden, network, finalTolerance ?? tensorTolerance);
    }

    private void RequireFloat64()
    {
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore($"{Device.Info.Description} has no float64");
    }

    /// <summary>The network that the file describes, with the file's first weights.</summary>
    private ZssrNetwork Network(GoldenFile golden, string file, DType dtype)
    {
        int[] channels = [.. golden.Metadata["channels"].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var settings = new NetworkSettings
        {
            Form = golden.Contains("init.0.bias") ? NetworkForm.BlockResiduals : NetworkForm.GlobalResidual,
            Depth = channels.Length - 1,
            Width = channels[1],
        };
        var network = new ZssrNetwork(Device, settings, channels[0], seed: 1, dtype);
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        ParameterStore.Load(SafetensorsFile.Read(stream), Renamed(network), "init.");
        return network;
    }

    /// <summary>The parameters as the golden files name them: <c>0.weight</c> instead of <c>layers.0.weight</c>.</summary>
    private static List<NamedParameter> Renamed(ZssrNetwork network) =>
        [.. network.Parameters.Select(parameter => parameter with { Name = parameter.Name["layers.".Length..] })];

    private static double Rate(GoldenFile golden) => double.Parse(golden.Metadata["lr"], CultureInfo.InvariantCulture);

    private static void CompareWeights(GoldenFile golden, ZssrNetwork network, double tolerance)
    {
        foreach ((string name, Tensor value) in Renamed(network))
        {
            using Tensor expected = Expected(golden, $"final.{name}");
            double distance = Distances.RelativeL2(value.ToDoubles(), expected.ToDoubles());
            Assert.That(distance, Is.LessThanOrEqualTo(tolerance), $"relative L2 of final {name}");
        }
    }

    private Tensor Image(GoldenFile golden, string name, DType dtype)
    {
        using Tensor exact = Layout.FromNchw(OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape(name)), golden.Doubles(name));
        return Tensor.From(Device, exact.Shape, exact.ToDoubles(), dtype);
    }

    /// <summary>In our layout, exactly, on the processor.</summary>
    private static Tensor Expected(GoldenFile golden, string name)
    {
        Device cpu = OpenDevices.Get(TestDevice.Cpu);
        return golden.Shape(name).Length == 4
            ? Layout.FromOihw(cpu, Shape.Create(golden.Shape(name)), golden.Doubles(name))
            : Tensor.From(cpu, Shape.Create(golden.Shape(name)), golden.Doubles(name));
    }

    /// <summary>Compares in terms of the largest element; disposes of the expected tensor.</summary>
    private static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using Tensor disposed = expected;
        double[] right = expected.ToDoubles(), found = actual.ToDoubles();
        double allowed = tolerance * right.Max(Math.Abs);
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), what);
        Assert.That(Distances.Largest(found, right), Is.LessThanOrEqualTo(allowed), what);
    }

    /// <summary>The same pair in every iteration.</summary>
    private sealed class OnePair(Tensor son, Tensor father) : ITrainingPairs
    {
        public int EpochLength => 1;

        public TrainingPair Draw(int iteration) => new(son.Share(), father.Share(), default);

        public void Dispose()
        {
            son.Dispose();
            father.Dispose();
        }
    }
}

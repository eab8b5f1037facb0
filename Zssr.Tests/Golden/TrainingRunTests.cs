using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

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
        Follow("train_article_full_f32.safetensors", DType.Float32, lossTolerance: 1e-4, tensorTolerance: 1e-3);

    /// <summary>Trains as the file says and compares at every step.</summary>
    private void Follow(string file, DType dtype, double lossTolerance, double tensorTolerance)
    {
        if (dtype == DType.Float64 && !Device.Info.SupportsFloat64)
            Assert.Ignore($"{Device.Info.Description} has no float64");
        GoldenFile golden = GoldenFile.Open(file);
        double[] losses = golden.Doubles("losses");
        double learningRate = double.Parse(golden.Metadata["lr"], System.Globalization.CultureInfo.InvariantCulture);
        using var network = new Network(Device, golden, dtype);
        using Tensor x = Image(golden, "x", dtype), target = Image(golden, "target", dtype);

        for (int step = 1; step <= losses.Length; step++)
        {
            using var tape = new Tape();
            Variable output = network.Apply(tape.Constant(x)).Keep();
            Variable loss = L1LossFunction.Apply(output, tape.Constant(target));
            tape.Backward(loss);
            Assert.That(loss.Value.Item(), Is.EqualTo(losses[step - 1]).Within(lossTolerance * losses[step - 1]), $"loss of step {step}");
            if (step == 1)
            {
                Tensor expectedOutput = Layout.FromNchw(
                    OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape("output_0")), golden.Doubles("output_0"));
                AssertClose(expectedOutput, output.Value, tensorTolerance, "first output");
                network.CompareGradients(
                    golden, tape,
                    (expected, actual, name) => AssertClose(expected, actual, tensorTolerance, $"first gradient of {name}"));
            }

            network.Update(tape, step, learningRate);
        }

        network.CompareWeights(golden, (expected, actual, name) => AssertClose(expected, actual, tensorTolerance, $"final {name}"));
    }

    private Tensor Image(GoldenFile golden, string name, DType dtype)
    {
        using Tensor exact = Layout.FromNchw(OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape(name)), golden.Doubles(name));
        return Tensor.From(Device, exact.Shape, exact.ToDoubles(), dtype);
    }

    /// <summary>Compares in terms of the largest element; disposes of the expected tensor.</summary>
    private static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using Tensor disposed = expected;
        double[] right = expected.ToDoubles(), found = actual.ToDoubles();
        double allowed = tolerance * right.Max(Math.Abs);
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), what);
        Assert.That(right.Zip(found, (a, b) => Math.Abs(a - b)).Max(), Is.LessThanOrEqualTo(allowed), what);
    }

    /// <summary>The network of a golden file, with Adam's moments.</summary>
    private sealed class Network : IDisposable
    {
        private readonly Device _device;
        private readonly List<(string Name, Tensor Value, Tensor First, Tensor Second)> _parameters = [];
        private readonly int _layers;
        private readonly bool _hasBias;

        public Network(Device device, GoldenFile golden, DType dtype)
        {
            _device = device;
            _layers = golden.Metadata["channels"].Split(',').Length - 1;
            _hasBias = golden.Names.Contains("init.0.bias");
            for (int layer = 0; layer < _layers; layer++)
            {
                Add($"{layer}.weight", Weight(golden, $"init.{layer}.weight", dtype));
                if (!_hasBias)
                    continue;
                string bias = $"init.{layer}.bias";
                Add($"{layer}.bias", Tensor.From(device, Shape.Create(golden.Shape(bias)), golden.Doubles(bias), dtype));
            }
        }

        /// <summary>
        /// The article's: conv with bias, ReLU but in the last block, plus the block's input where shapes match.
        /// The paper's: conv without bias, ReLU but in the last block, plus the network's input at the end.
        /// </summary>
        public Variable Apply(Variable x)
        {
            Variable y = x;
            for (int layer = 0; layer < _layers; layer++)
            {
                Variable input = y;
                y = Conv2dFunction.Apply(y, Watch(x.Tape, $"{layer}.weight"), _hasBias ? Watch(x.Tape, $"{layer}.bias") : null, padding: 1);
                if (layer < _layers - 1)
                    y = ReluFunction.Apply(y);
                if (_hasBias && y.Shape == input.Shape)
                    y += input;
            }

            return _hasBias ? y : y + x;
        }

        public void Update(Tape tape, int step, double learningRate)
        {
            foreach ((_, Tensor value, Tensor first, Tensor second) in _parameters)
                AdamUpdate.Apply(value, tape.Watch(value).Gradient!.Value, first, second, step, learningRate);
        }

        public void CompareGradients(GoldenFile golden, Tape tape, Action<Tensor, Tensor, string> compare)
        {
            foreach ((string name, Tensor value, _, _) in _parameters)
                compare(Expected(golden, $"grad_0.{name}"), tape.Watch(value).Gradient!.Value, name);
        }

        public void CompareWeights(GoldenFile golden, Action<Tensor, Tensor, string> compare)
        {
            foreach ((string name, Tensor value, _, _) in _parameters)
                compare(Expected(golden, $"final.{name}"), value, name);
        }

        public void Dispose()
        {
            foreach ((_, Tensor value, Tensor first, Tensor second) in _parameters)
            {
                value.Dispose();
                first.Dispose();
                second.Dispose();
            }
        }

        private void Add(string name, Tensor value)
        {
            Tensor firstMoment = Tensor.Zeros(_device, value.Shape, value.DType);
            Tensor secondMoment = Tensor.Zeros(_device, value.Shape, value.DType);
            _parameters.Add((name, value, firstMoment, secondMoment));
        }

        private Variable Watch(Tape tape, string name) => tape.Watch(_parameters.Single(parameter => parameter.Name == name).Value);

        private Tensor Weight(GoldenFile golden, string name, DType dtype)
        {
            using Tensor exact = Expected(golden, name);
            return Tensor.From(_device, exact.Shape, exact.ToDoubles(), dtype);
        }

        /// <summary>In our layout, exactly, on the processor.</summary>
        private static Tensor Expected(GoldenFile golden, string name)
        {
            Device cpu = OpenDevices.Get(TestDevice.Cpu);
            return golden.Shape(name).Length == 4
                ? Layout.FromOihw(cpu, Shape.Create(golden.Shape(name)), golden.Doubles(name))
                : Tensor.From(cpu, Shape.Create(golden.Shape(name)), golden.Doubles(name));
        }
    }
}

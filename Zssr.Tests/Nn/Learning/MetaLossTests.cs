using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Nn.Starts;

namespace Zssr.Tests.Nn.Learning;

/// <summary>Meta-training: its gradient goes through the inner steps, and the loss after them falls.</summary>
public sealed class MetaLossTests
{
    /// <summary>The gradient of the loss after K inner steps is the central difference of it, weight by weight.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void The_gradient_through_the_inner_steps_is_that_of_central_differences(int steps)
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using var network = new ZssrNetwork(
            device, new NetworkSettings { Width = 3, Depth = 2, WeightGain = 0.8 }, channels: 1, seed: 5, DType.Float64);
        using TrainingPair adapting = Pair(device, 1), judging = Pair(device, 3);
        var meta = new MetaLoss(steps, rate: 0.2);
        var loss = new TrainingLoss(new TrainingSettings { Loss = LossKind.Mse }, peak: 1);

        using var tape = new Tape();
        tape.Backward(meta.Of(tape, network, loss, adapting, judging));

        double plain = 0, far = 0;
        foreach ((string name, Tensor value) in network.Parameters)
        {
            double[] gradient = tape.Watch(value).Gradient!.Value.ToDoubles(), weights = value.ToDoubles();
            for (int i = 0; i < weights.Length; i += 5)
            {
                const double Step = 1e-5;
                double expected = (After(value, weights, i, Step) - After(value, weights, i, -Step)) / (2 * Step);
                Assert.That(gradient[i], Is.EqualTo(expected).Within(1e-7), $"{name}[{i}]");
                far = Math.Max(far, Math.Abs(gradient[i] - FirstOrder(value, i)));
                plain = Math.Max(plain, Math.Abs(expected));
            }
        }

        Assert.That(far, Is.GreaterThan(0.01 * plain), "what the second derivatives add");

        double After(Tensor value, double[] weights, int i, double step)
        {
            Set(value, [.. weights.Select((weight, at) => at == i ? weight + step : weight)]);
            using var fresh = new Tape();
            double result = meta.Of(fresh, network, loss, adapting, judging).Value.Item();
            Set(value, weights);
            return result;
        }

        // The gradient at the adapted weights, as if they did not depend on the first ones through the gradients of the inner steps.
        double FirstOrder(Tensor value, int i)
        {
            double[][] exact = [.. network.Parameters.Select(parameter => parameter.Value.ToDoubles())];
            for (int step = 0; step < steps; step++)
            {
                using var inner = new Tape();
                inner.Backward(loss.Of(network.Forward(inner.Constant(adapting.Son)), adapting.Father));
                foreach ((_, Tensor parameter) in network.Parameters)
                {
                    double[] slope = inner.Watch(parameter).Gradient!.Value.ToDoubles();
                    Set(parameter, [.. parameter.ToDoubles().Zip(slope, (weight, g) => weight - 0.2 * g)]);
                }
            }

            using var outer = new Tape();
            outer.Backward(loss.Of(network.Forward(outer.Constant(judging.Son)), judging.Father));
            double result = outer.Watch(value).Gradient!.Value.ToDoubles()[i];
            foreach ((NamedParameter parameter, double[] old) in network.Parameters.Zip(exact))
                Set(parameter.Value, old);
            return result;
        }
    }

    [Test]
    public void Meta_training_lowers_the_loss_after_the_inner_steps()
    {
        using var device = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 1, Fuse = false });
        ZssrSettings settings = SmallStarts.Recipe.Settings;
        StartRecipe recipe = SmallStarts.Recipe with
        {
            InnerSteps = 2,
            InnerRate = 0.05,
            Settings = settings with { Training = settings.Training with { Iterations = 120, LearningRate = 2e-2, AverageLast = 0 } },
        };
        using var network = new ZssrNetwork(device, settings.Network, channels: 3, seed: 1);
        using var pairs = new StartPairs(device, recipe, []);
        using var training = new MetaTraining(network, recipe, pairs);

        double before = Judged();
        while (training.Step())
        {
        }

        double after = Judged();
        TestContext.Out.WriteLine($"{before:F5} → {after:F5}");
        Assert.That(training.History.Losses, Has.Count.EqualTo(120));
        Assert.That(after, Is.LessThan(0.97 * before), "the loss after the inner steps, on tasks that were not trained on");

        double Judged() => Enumerable.Range(1000, 8).Average(task =>
        {
            using var tape = new Tape();
            return training.OuterLoss(tape, task).Value.Item();
        });
    }

    [Test]
    public void A_loss_that_is_no_number_ends_meta_training()
    {
        using var device = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 1, Fuse = false });
        ZssrSettings settings = SmallStarts.Recipe.Settings;
        StartRecipe recipe = SmallStarts.Recipe with
        {
            InnerSteps = 1,
            Settings = settings with { Training = settings.Training with { AverageLast = 0 } },
        };
        using var network = new ZssrNetwork(device, settings.Network, channels: 3, seed: 1);
        using var pairs = new StartPairs(device, recipe, []);
        using var training = new MetaTraining(network, recipe, pairs);
        Assert.That(training.Step(), Is.True);
        using Tensor wrong = Elementwise.Multiply(network.Parameters[0].Value, double.NaN);
        network.Parameters[0].Value.Assign(wrong);
        Assert.That(() => training.Step(), Throws.TypeOf<TrainingDivergedException>().With.Message.Contains("NaN"));
    }

    [Test]
    public void A_meta_trained_start_is_a_file_like_others()
    {
        using var device = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 1, Fuse = false });
        StartRecipe recipe = SmallStarts.Recipe with { InnerSteps = 1 };
        Assert.That(() => new StartLearner(recipe).Run(device), Throws.TypeOf<SettingsException>().With.Message.Contains("average"));
        recipe = recipe with
        {
            Settings = recipe.Settings with { Training = recipe.Settings.Training with { AverageLast = 0, Iterations = 3 } },
        };
        byte[] once = SmallStarts.Learn(recipe, device);
        Assert.That(SmallStarts.Learn(recipe, device), Is.EqualTo(once));
        Assert.That(NetworkStart.Read("meta", once).Weights[0].Scale, Is.EqualTo(new Scale(2)));
    }

    private static TrainingPair Pair(Device device, ulong seed)
    {
        using Tensor son = RandomTensors.Uniform(device, [1, 5, 6, 1], seed);
        using Tensor father = RandomTensors.Uniform(device, [1, 5, 6, 1], seed + 1);
        return new TrainingPair(son.To(DType.Float64), father.To(DType.Float64), default);
    }

    private static void Set(Tensor value, double[] elements)
    {
        using Tensor changed = Tensor.From(value.Device, value.Shape, elements, DType.Float64);
        value.Assign(changed);
    }
}

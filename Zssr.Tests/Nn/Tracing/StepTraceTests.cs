using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Tracing;

/// <summary>One iteration with every value on the way.</summary>
public sealed class StepTraceTests
{
    [Test]
    public void The_values_are_those_of_a_step_with_plain_tensors()
    {
        using Tensor son = PlainImages.Noise(7, 6, 3, seed: 1).On(SmallRuns.Cpu);
        using Tensor father = PlainImages.Noise(7, 6, 3, seed: 2).On(SmallRuns.Cpu);
        using var network = new ZssrNetwork(SmallRuns.Cpu, new NetworkSettings { Depth = 2, Width = 4 }, channels: 3, seed: 1);
        using var pairs = new ListedPairs((son.Share(), father.Share()));
        using var trainer = new ZssrTrainer(network, pairs, new TrainingSettings { RatePolicy = RatePolicyKind.Constant });
        Tensor first = network.Parameters[0].Value, second = network.Parameters[1].Value;
        using Tensor z = Conv2d.Forward(son, first, bias: null, stride: 1, padding: 1);
        using Tensor hidden = Elementwise.Relu(z);
        using Tensor last = Conv2d.Forward(hidden, second, bias: null, stride: 1, padding: 1);
        using Tensor y = Elementwise.Add(last, son);
        double loss = y.ToDoubles().Zip(father.ToDoubles(), (a, b) => Math.Abs(a - b)).Average();
        var trace = new StepTrace();

        trainer.Step(observer: trace);

        StepValue[] forward = [.. trace.Values.Where(value => value.Part == StepPart.Forward)];
        Assert.That(forward.Select(value => value.Function), Is.EqualTo(new[] { "Conv2dBlock", "Conv2dBlock", "Add", "L1Loss" }));
        Assert.That(forward[2].Inputs, Is.EqualTo(new[] { "%2", "son" }));
        foreach ((StepValue value, Tensor tensor) in forward.Zip(new[] { hidden, last, y }))
        {
            TensorStatistics expected = TensorStatistics.Of(tensor);
            Assert.That(value.Shape, Is.EqualTo(tensor.Shape));
            Assert.That(value.Statistics.Norm, Is.EqualTo(expected.Norm).Within(1e-4));
            Assert.That(value.Statistics.Least, Is.EqualTo(expected.Least).Within(1e-5));
            Assert.That(value.Statistics.Largest, Is.EqualTo(expected.Largest).Within(1e-5));
        }

        Assert.That(forward[3].Statistics.Mean, Is.EqualTo(loss).Within(1e-6));
        Assert.That((trace.Iteration, trace.LearningRate), Is.EqualTo((0, new TrainingSettings().LearningRate)));
    }

    [Test]
    public void Each_part_names_what_it_holds()
    {
        StepTrace trace = Trace(out _);
        string[] parameters = ["layers.0.weight", "layers.1.weight"];

        Assert.That(Names(StepPart.Given), Is.EqualTo((string[])["son", "father", .. parameters]));
        Assert.That(Names(StepPart.Gradient), Is.EqualTo(parameters));
        Assert.That(Names(StepPart.Updated), Is.EqualTo(parameters));
        Assert.That(Names(StepPart.Backward), Is.SupersetOf(parameters));
        Assert.That(StepText.Of(trace), Does.StartWith("iteration 0, learning rate 0.001, on cpu, float32\n"));

        IEnumerable<string> Names(StepPart part) => trace.Values.Where(value => value.Part == part).Select(value => value.Name);
    }

    [Test]
    public void An_observed_iteration_leaves_the_same_weights_bit_for_bit()
    {
        Trace(out float[][] observed, isObserved: true);
        Trace(out float[][] plain, isObserved: false);

        Assert.That(observed, Is.EqualTo(plain));
    }

    private static StepTrace Trace(out float[][] weights, bool isObserved = true)
    {
        using var network = new ZssrNetwork(SmallRuns.Cpu, new NetworkSettings { Depth = 2, Width = 4 }, channels: 3, seed: 1);
        using ListedPairs pairs = ListedPairs.Noise(7);
        using var trainer = new ZssrTrainer(network, pairs, new TrainingSettings { RatePolicy = RatePolicyKind.Constant });
        var trace = new StepTrace();
        trainer.Step(observer: isObserved ? trace : null);
        trainer.Step();
        weights = [.. network.Parameters.Select(parameter => parameter.Value.ToArray())];
        return trace;
    }
}

using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Optimizers;

public sealed class OptimizerTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void Adam_takes_the_golden_steps()
    {
        var golden = GoldenFile.Open("adam");
        using Tensor parameter = Tensor.From(Device, [7, 3], golden.Doubles("param_0"), DType.Float32);
        using var adam = new Adam([new NamedParameter("p", parameter)]);
        for (int step = 1; step <= 5; step++)
        {
            StepWith(adam, parameter, golden.Doubles($"grad_{step}"), 0.01);
            Assert.That(parameter.ToDoubles(), Is.EqualTo(golden.Doubles($"param_{step}")).Within(1e-5), $"step {step}");
            Assert.That(adam.StepCount, Is.EqualTo(step));
        }
    }

    [Test]
    public void Gradient_descent_follows_its_formula([Values(0, 0.9)] double momentum)
    {
        double[] expected = RandomNumbers.Uniform(20, seed: 1), velocity = new double[20];
        using Tensor parameter = Tensor.From(Device, [4, 5], expected, DType.Float32);
        using var sgd = new Sgd([new NamedParameter("p", parameter)], momentum);
        for (int step = 1; step <= 6; step++)
        {
            double[] gradient = RandomNumbers.Uniform(20, seed: 10 + step);
            UpdateReference.Sgd(expected, gradient, velocity, learningRate: 0.1, momentum);
            StepWith(sgd, parameter, gradient, 0.1);
        }

        Assert.That(parameter.ToDoubles(), Is.EqualTo(expected).Within(1e-5));
        Assert.That(sgd.State[0].Value.ToDoubles(), Is.EqualTo(velocity).Within(1e-5));
    }

    [Test]
    public void Every_parameter_takes_its_own_step_and_keeps_its_own_moments()
    {
        using Tensor first = Tensor.Zeros(Device, [2]), second = Tensor.Zeros(Device, [2]);
        using var sgd = new Sgd([new NamedParameter("a", first), new NamedParameter("b", second)], momentum: 0.5);
        using Tensor target = Tensor.Full(Device, [2], -1);
        using var tape = new Tape();
        tape.Backward(L1LossFunction.Apply(tape.Watch(first) * 3 + tape.Watch(second), tape.Constant(target)));

        sgd.Step(tape, 1);

        Assert.That(first.ToDoubles(), Is.EqualTo(new[] { -1.5, -1.5 }));
        Assert.That(second.ToDoubles(), Is.EqualTo(new[] { -0.5, -0.5 }));
        Assert.That(sgd.State.Select(kept => kept.Value.ToDoubles()[0]), Is.EqualTo(new[] { 1.5, 0.5 }));
    }

    [Test]
    public void State_is_named_after_what_is_kept_and_the_parameter()
    {
        using Tensor weight = Tensor.Zeros(Device, [2, 3]), bias = Tensor.Zeros(Device, [3]);
        NamedParameter[] parameters = [new("0.weight", weight), new("0.bias", bias)];
        using var adam = new Adam(parameters);
        using var sgd = new Sgd(parameters);

        Assert.That(adam.State.Select(kept => kept.Name), Is.EqualTo(new[]
        {
            "first_moment.0.weight", "first_moment.0.bias", "second_moment.0.weight", "second_moment.0.bias",
        }));
        Assert.That(sgd.State.Select(kept => kept.Name), Is.EqualTo(new[] { "velocity.0.weight", "velocity.0.bias" }));
        Assert.That(adam.State.Select(kept => kept.Value.Shape), Is.EqualTo(new[] { weight.Shape, bias.Shape, weight.Shape, bias.Shape }));
    }

    [Test]
    public void A_parameter_on_which_the_loss_does_not_depend_is_an_error_that_changes_nothing()
    {
        using Tensor used = Tensor.Full(Device, [2], 1), unused = Tensor.Full(Device, [2], 1);
        using var adam = new Adam([new NamedParameter("used", used), new NamedParameter("layers.7.bias", unused)]);
        using Tensor target = Tensor.Zeros(Device, [2]);
        using var tape = new Tape();
        tape.Backward(L1LossFunction.Apply(tape.Watch(used), tape.Constant(target)));

        Assert.That(() => adam.Step(tape, 1), Throws.TypeOf<GraphException>().With.Message.Contains("layers.7.bias"));
        Assert.That(used.ToDoubles(), Is.All.EqualTo(1));
        Assert.That(adam.StepCount, Is.Zero);
    }

    /// <summary>A step along a given gradient: that of Σ gradient · parameter.</summary>
    private void StepWith(Optimizer optimizer, Tensor parameter, double[] gradient, double learningRate)
    {
        using Tensor seed = Tensor.From(Device, parameter.Shape, gradient, DType.Float32);
        using var tape = new Tape();
        tape.Backward(tape.Watch(parameter) + 0.0, tape.Constant(seed));
        optimizer.Step(tape, learningRate);
    }
}

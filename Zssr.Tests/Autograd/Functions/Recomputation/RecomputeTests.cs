using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Functions.Recomputation;

/// <summary>A part of a computation that is run again in the backward pass gives what it gives when it is recorded.</summary>
public sealed class RecomputeTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    /// <summary>y = (x²)³ at 2: 64, 6x⁵ = 192, 30x⁴ = 480, 120x³ = 960.</summary>
    [Test]
    public void Derivatives_of_any_order_are_right()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value), y = RecomputeFunction.Apply(Sixth, x);
        Variable first = tape.Gradients(y, [x], createGraph: true)[0]!;
        Variable second = tape.Gradients(first, [x], createGraph: true)[0]!;
        Variable third = tape.Gradients(second, [x])[0]!;
        Assert.That(new[] { y, first, second, third }.Select(v => v.Value.Item()), Is.EqualTo(new[] { 64.0, 192, 480, 960 }));
    }

    [Test]
    public void The_checker_finds_it_right_in_both_orders()
    {
        using Tensor x = RandomTensors.Uniform(Device, [3, 2], seed: 1, low: 0.5, high: 1.5, dtype: DType.Float64);
        using Tensor w = RandomTensors.Uniform(Device, [3, 2], seed: 2, low: 0.5, high: 1.5, dtype: DType.Float64);
        GradCheckReport report = GradCheck.Run(
            v => RecomputeFunction.Apply(u => [TanhFunction.Apply(u[0] * u[1] + u[0]), ExpFunction.Apply(u[1] * u[1])], v[0], v[1]),
            [x, w], new GradCheckOptions { Order = 2 });
        Assert.That(report.Passed, report.ToString());
    }

    /// <summary>The weights that layers watch within get their gradients, bit for bit those of a recorded computation.</summary>
    [Test]
    public void Layers_within_get_their_gradients([Values] bool nested)
    {
        using var one = new Conv2dLayer(Device, 3, 4, 3, new FanInUniform(), seed: 1, stream: 0);
        using var two = new Conv2dLayer(Device, 4, 3, 3, new FanInUniform(), seed: 2, stream: 0);
        using Tensor image = RandomTensors.Uniform(Device, [1, 8, 8, 3], seed: 3);
        Tensor[] weights = [.. one.Parameters.Concat(two.Parameters).Select(parameter => parameter.Value)];
        Func<Variable, Variable> network = x => two.Forward(ReluFunction.Apply(one.Forward(x)));
        Func<Variable, Variable> recomputed = nested
            ? x => RecomputeFunction.Apply(inner => two.Forward(RecomputeFunction.Apply(v => ReluFunction.Apply(one.Forward(v)), inner)), x)
            : x => RecomputeFunction.Apply(network, x);

        float[][] expected = Gradients(network), found = Gradients(recomputed);

        Assert.That(found, Is.EqualTo(expected));
        Assert.That(expected, Has.Length.EqualTo(weights.Length + 1).And.All.Some.Not.Zero);

        float[][] Gradients(Func<Variable, Variable> function)
        {
            using var tape = new Tape();
            Variable x = tape.Watch(image), y = function(x);
            tape.Backward(MeanFunction.Apply(y * y));
            return [.. weights.Prepend(image).Select(weight => tape.Watch(weight).Gradient!.Value.ToArray())];
        }
    }

    /// <summary>Of 20 squarings one after the other, none is kept.</summary>
    [Test]
    public void What_lies_between_is_not_kept()
    {
        using Tensor value = Scalar(1);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        int before = Device.LiveBuffers;
        Variable y = RecomputeFunction.Apply(
            v =>
            {
                for (int i = 0; i < 20; i++)
                    v *= v;
                return v;
            }, x);
        Assert.That((Device.LiveBuffers, tape.RecordCount), Is.EqualTo((before + 1, 1)));
        tape.Backward(y);
        Assert.That((Device.LiveBuffers, x.Gradient!.Value.Item()), Is.EqualTo((before + 2, 1048576.0)));
        tape.Clear();
        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
    }

    /// <summary>Where a module's weight is replaced by a computed one, the gradient flows on through that: (w²)² · x, 4w³x = 96.</summary>
    [Test]
    public void Substitutes_of_the_outer_tape_stand_for_tensors_within()
    {
        using Tensor weight = Scalar(2), value = Scalar(3);
        using var tape = new Tape();
        Variable w = tape.Watch(weight), x = tape.Constant(value);
        Variable y = tape.With([(weight, w * w)], () => RecomputeFunction.Apply(
            v => v * v.Tape.Watch(weight) * v.Tape.Watch(weight), x));
        tape.Backward(y);
        Assert.That(w.Gradient!.Value.Item(), Is.EqualTo(96));
    }

    [Test]
    public void Without_gradient_it_only_computes()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        using (tape.NoGradient())
            Assert.That(RecomputeFunction.Apply(Sixth, tape.Watch(value)).Value.Item(), Is.EqualTo(64));
        Assert.That(RecomputeFunction.Apply(Sixth, tape.Constant(value)).RequiresGradient, Is.False);
        Assert.That(tape.RecordCount, Is.Zero);
    }

    [Test]
    public void Inputs_that_need_no_gradient_and_outputs_without_any_are_no_obstacle()
    {
        using Tensor value = Scalar(2), other = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(value), constant = tape.Constant(other);
        IReadOnlyList<Variable> outputs = RecomputeFunction.Apply(v => [v[0] * v[1], v[1] * 2, v[0].Detach()], x, constant);
        tape.Backward(outputs[0] + outputs[1] + outputs[2]);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(5));
    }

    [Test]
    public void A_computation_that_is_another_the_second_time_is_refused()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        int calls = 0;
        Variable y = RecomputeFunction.Apply(v => v * ++calls, x);
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Recompute").And.Message.Contains("other values"));

        calls = 0;
        using Tensor late = Scalar(3);
        Variable z = RecomputeFunction.Apply(v => calls++ == 0 ? v * 3 : v * v.Tape.Watch(late), x);
        Assert.That(() => tape.Backward(z), Throws.TypeOf<GraphException>().With.Message.Contains("did not watch in the forward pass"));
    }

    [Test]
    public void Weights_that_were_changed_since_are_noticed()
    {
        using Tensor value = Scalar(2), weight = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(value), y = RecomputeFunction.Apply(v => v * v.Tape.Watch(weight), x);
        weight.Assign(value);
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Recompute").And.Message.Contains("changed in place"));
    }

    [Test]
    public void Variables_of_the_outer_tape_and_null_are_refused()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        int before = Device.LiveBuffers;
        Assert.Multiple(() =>
        {
            Assert.That(() => RecomputeFunction.Apply(v => v * x, x), Throws.TypeOf<GraphException>().With.Message.Contains("different tapes"));
            Assert.That(() => RecomputeFunction.Apply(_ => x, x), Throws.TypeOf<GraphException>().With.Message.Contains("another tape"));
            Assert.That(() => RecomputeFunction.Apply((Func<Variable, Variable>)(_ => null!), x), Throws.TypeOf<GraphException>().With.Message.Contains("null"));
            Assert.That(() => RecomputeFunction.Apply(_ => [], x), Throws.TypeOf<GraphException>().With.Message.Contains("nothing"));
            Assert.That(() => RecomputeFunction.Apply(v => v), Throws.TypeOf<GraphException>().With.Message.Contains("at least one input"));
        });
        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
    }

    private static Variable Sixth(Variable x)
    {
        Variable square = x * x;
        return square * square * square;
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);
}

using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

[TestFixture]
public sealed class TapeTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void An_input_that_is_used_twice_gets_the_sum_of_both_gradients()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        tape.Backward(x * x + x);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(7));
    }

    [Test]
    public void Gradients_of_several_passes_add_up_until_they_are_cleared()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable y = x * 2;
        tape.Backward(y, keepGraph: true);
        tape.Backward(y, keepGraph: true);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(4));
        x.ClearGradient();
        tape.Backward(y);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(2));
    }

    [Test]
    public void A_cleared_tape_starts_anew_with_the_same_watched_variables()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        int before = Device.LiveBuffers;
        tape.Backward(x * x);

        tape.Clear();

        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
        Assert.That(tape.RecordCount, Is.Zero);
        Assert.That(x.Gradient, Is.Null);
        Assert.That(tape.Watch(value), Is.SameAs(x));
        tape.Backward(x * 5);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(5));
    }

    [Test]
    public void A_gradient_that_goes_to_two_inputs_is_freed_once_for_each()
    {
        using Tensor value = Scalar(3), other = Scalar(4);
        using var tape = new Tape();
        Variable x = tape.Watch(value), y = tape.Watch(other);
        tape.Backward((x + y) * 2);
        x.ClearGradient();
        Assert.That(y.Gradient!.Value.Item(), Is.EqualTo(2));
    }

    [Test]
    public void The_same_tensor_is_the_same_variable()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable first = tape.Watch(value), second = tape.Watch(value);
        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public void No_gradient_flows_through_detach()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        tape.Backward(x * x.Detach());
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(3));
    }

    [Test]
    public void Nothing_is_recorded_without_gradient()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        using (tape.NoGradient())
        {
            Assert.That(tape.IsRecording, Is.False);
            Assert.That((x * x).RequiresGradient, Is.False);
        }

        Assert.That(tape.IsRecording, Is.True);
        Assert.That(tape.RecordCount, Is.Zero);
    }

    [Test]
    public void Nothing_is_recorded_for_constants()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Constant(value);
        _ = x * x;
        Assert.That(tape.RecordCount, Is.Zero);
    }

    [Test]
    public void A_backward_pass_records_nothing_unless_asked()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable y = x * x * x;
        int before = tape.RecordCount;
        tape.Backward(y, keepGraph: true);
        Assert.That(tape.RecordCount, Is.EqualTo(before));
        Variable?[] gradients = tape.Gradients(y, [x], createGraph: true);
        Assert.That(tape.RecordCount, Is.GreaterThan(before));
        Assert.That(gradients[0]!.RequiresGradient, Is.True);
    }

    [Test]
    public void Derivatives_of_any_order_can_be_taken()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable y = x * x * x * x;
        Variable first = tape.Gradients(y, [x], createGraph: true)[0]!;
        Variable second = tape.Gradients(first, [x], createGraph: true)[0]!;
        Variable third = tape.Gradients(second, [x], createGraph: true)[0]!;
        Assert.That(
            new[] { first, second, third }.Select(d => d.Value.Item()), Is.EqualTo(new double[] { 4 * 8, 12 * 4, 24 * 2 }));
    }

    [Test]
    public void A_backward_pass_frees_intermediate_values_unless_they_are_kept()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable freed = x * 3, kept = (freed * freed).Keep(), loss = kept * 2;
        int before = Device.LiveBuffers;
        tape.Backward(loss);
        Assert.That(Device.LiveBuffers, Is.LessThanOrEqualTo(before), "one gradient more, one intermediate value less");
        Assert.That(kept.Value.Item(), Is.EqualTo(36));
        Assert.That(loss.Value.Item(), Is.EqualTo(72));
        Assert.That(() => freed.Value, Throws.TypeOf<TensorDisposedException>().With.Message.Contains("keepGraph"));
    }

    [Test]
    public void A_second_pass_over_a_freed_graph_is_refused_by_name()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable y = tape.Watch(value) * 3;
        tape.Backward(y);
        Assert.That(
            () => tape.Backward(y),
            Throws.TypeOf<GraphException>().With.Message.Contains("MultiplyScalar").And.Message.Contains("keepGraph"));
    }

    [Test]
    public void Backward_from_more_than_one_number_needs_a_seed()
    {
        using Tensor value = Tensor.From(Device, [2], [1.0, 2]);
        using Tensor seed = Tensor.From(Device, [2], [10.0, 100]);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable y = x * x;
        Assert.That(() => tape.Backward(y), Throws.TypeOf<ShapeException>().With.Message.Contains("[2]"));
        tape.Backward(y, tape.Constant(seed));
        Assert.That(x.Gradient!.Value.ToDoubles(), Is.EqualTo(new double[] { 20, 400 }));
    }

    [Test]
    public void Backward_from_a_constant_is_refused()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Assert.That(() => tape.Backward(tape.Constant(value) * 2), Throws.TypeOf<GraphException>().With.Message.Contains("Watch"));
    }

    [Test]
    public void Variables_of_two_tapes_do_not_mix()
    {
        using Tensor value = Scalar(2);
        using Tape one = new(), other = new();
        Assert.That(() => one.Watch(value) * other.Watch(value), Throws.TypeOf<GraphException>().With.Message.Contains("tape"));
    }

    [Test]
    public void Gradients_are_null_where_nothing_depends_on_the_input()
    {
        using Tensor a = Scalar(2), b = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(a), unused = tape.Watch(b);
        Variable?[] gradients = tape.Gradients(x * 5, [x, unused]);
        Assert.That(gradients[0]!.Value.Item(), Is.EqualTo(5));
        Assert.That(gradients[1], Is.Null);
        Assert.That(x.Gradient, Is.Null, "Gradients leaves the variables as they are");
    }

    [Test]
    public void Gradients_of_constants_are_refused()
    {
        using Tensor value = Scalar(3), image = Tensor.From(Device, [2], [1.0, 2]);
        using var tape = new Tape();
        Variable x = tape.Watch(value), constant = tape.Constant(image);
        Variable loss = SumFunction.Apply(constant) * x;
        foreach (Variable input in new[] { constant, constant * 2 })
        {
            Assert.That(
                () => tape.Gradients(loss, [x, input]),
                Throws.TypeOf<GraphException>().With.Message.Contains("[2]").And.Message.Contains("tape.Watch"));
        }

        Assert.That(tape.Gradients(loss, [x])[0]!.Value.Item(), Is.EqualTo(3), "the tape goes on");
    }

    [Test]
    public void Gradients_reach_intermediate_variables_too()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value), middle = x * 3;
        Variable?[] gradients = tape.Gradients(middle * middle, [middle, x]);
        Assert.That(gradients.Select(g => g!.Value.Item()), Is.EqualTo(new double[] { 12, 36 }));
    }

    [Test]
    public void A_function_without_second_derivative_says_so_by_name()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable y = OnceOnlyFunction.Apply(tape.Watch(value));
        Assert.That(() => tape.Gradients(y, [y], createGraph: true), Throws.TypeOf<GraphException>().With.Message.Contains("OnceOnly"));
        Assert.That(() => tape.Backward(y), Throws.Nothing);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_penalty_on_the_gradient_can_be_trained(bool clears)
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable w = tape.Watch(value);
        tape.Backward(w * w * w, createGraph: true);
        Variable penalty = w.Gradient! * w.Gradient!;
        if (clears)
            w.ClearGradient();
        tape.Backward(penalty);
        // 3w² is the first gradient, and d(3w²)²/dw = 36w³ the second.
        Assert.That(w.Gradient!.Value.Item(), Is.EqualTo((clears ? 0 : 3 * 9) + 36 * 27));
    }

    [Test]
    public void A_first_derivative_stays_readable_after_the_second()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable first = tape.Gradients(x * x * x, [x], createGraph: true)[0]!;
        Variable second = tape.Gradients(SumFunction.Apply(first), [x])[0]!;
        Assert.That((first.Value.Item(), second.Value.Item()), Is.EqualTo((12.0, 12.0)));
    }

    [Test]
    public void Each_variable_has_a_gradient_of_its_own()
    {
        using Tensor a = Scalar(2);
        using Tensor b = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        tape.Backward(x + y, createGraph: true);
        x.ClearGradient();
        Assert.That(y.Gradient!.Value.Item(), Is.EqualTo(1));
    }

    [Test]
    public void An_input_that_is_asked_for_twice_is_answered_twice()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable?[] gradients = tape.Gradients(x * 5, [x, x]);
        Assert.That(gradients.Select(gradient => gradient!.Value.Item()), Is.EqualTo(new[] { 5.0, 5.0 }));
    }

    [TestCase("relu", 0, 0)]
    [TestCase("abs", 0, 0)]
    [TestCase("leaky relu", 0, 0.25)]
    [TestCase("clamp", -1, 1)]
    [TestCase("clamp", 1, 1)]
    [TestCase("clamp", -1.001, 0)]
    [TestCase("clamp", 1.001, 0)]
    [TestCase("max", 1, 0.5)]
    [TestCase("min", 1, 0.5)]
    [TestCase("sign", 2, 0)]
    public void Where_a_derivative_does_not_exist_it_is_as_documented(string function, double at, double expected)
    {
        using Tensor value = Scalar(at);
        using Tensor one = Scalar(1);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        tape.Backward(function switch
        {
            "relu" => ReluFunction.Apply(x),
            "abs" => AbsFunction.Apply(x),
            "leaky relu" => LeakyReluFunction.Apply(x, 0.25),
            "clamp" => ClampFunction.Apply(x, -1, 1),
            "max" => MaximumFunction.Apply(x, tape.Constant(one)),
            "min" => MinimumFunction.Apply(x, tape.Constant(one)),
            _ => SignFunction.Apply(x),
        });
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(expected));
    }

    [TestCase(new double[] { 2, 5, 1, 5 }, new double[] { 0, 0.5, 0, 0.5 })]
    [TestCase(new double[] { 5, 5, 1, 5, 5 }, new double[] { 0.25, 0.25, 0, 0.25, 0.25 })]
    [TestCase(new double[] { -3, -3, -3, -4 }, new double[] { 1.0 / 3, 1.0 / 3, 1.0 / 3, 0 })]
    public void Where_several_elements_are_largest_each_gets_an_equal_part(double[] x, double[] expected)
    {
        using Tensor value = Tensor.From(Device, [x.Length], x);
        using var tape = new Tape();
        Variable v = tape.Watch(value);
        tape.Backward(MaxFunction.Apply(v));
        Assert.That(v.Gradient!.Value.ToDoubles(), Is.EqualTo(expected).Within(1e-15));
    }

    [Test]
    public void Misuse_of_a_tape_is_told()
    {
        using Tensor value = Scalar(2);
        using Tensor single = Tensor.Full(Device, [], 1);
        using Tape tape = new(), other = new();
        Variable x = tape.Watch(value), y = x * 2;
        Assert.That(() => tape.Backward(y, other.Constant(value)), Throws.TypeOf<GraphException>().With.Message.Contains("seed"));
        Assert.That(() => tape.Backward(y, tape.Constant(single)), Throws.TypeOf<GraphException>().With.Message.Contains("float64"));
        Assert.That(() => tape.Gradients(y, [other.Watch(value)]), Throws.TypeOf<GraphException>().With.Message.Contains("another tape"));
        Assert.That(() => ConcatenateBatchFunction.Apply(), Throws.TypeOf<GraphException>().With.Message.Contains("at least one"));
        tape.Dispose();
        Assert.That(() => tape.Watch(value), Throws.TypeOf<GraphException>().With.Message.Contains("disposed"));
    }

    [Test]
    public void A_gradient_for_loss_weights_is_refused_not_forgotten()
    {
        using Tensor value = Scalar(2);
        using Tensor weight = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value), w = tape.Watch(weight);
        Assert.That(() => L1LossFunction.Apply(x, x * 2, w), Throws.TypeOf<GraphException>().With.Message.Contains("Detach"));
        Assert.That(() => MeanSquaredLossFunction.Apply(x, x * 2, w), Throws.TypeOf<GraphException>().With.Message.Contains("Detach"));
    }

    [Test]
    public void A_variable_without_gradient_may_be_disposed_early()
    {
        using Tensor value = Scalar(2);
        using var tape = new Tape();
        using IDisposable scope = tape.NoGradient();
        Variable y = tape.Watch(value) * 2;
        int before = Device.LiveBuffers;
        y.Dispose();
        Assert.That(Device.LiveBuffers, Is.EqualTo(before - 1));
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);

    private sealed class OnceOnlyFunction : UnaryFunction
    {
        public override bool IsTwiceDifferentiable => false;

        public static Variable Apply(Variable x) => Run(new OnceOnlyFunction(), x);

        protected override Tensor Forward(Tensor x) => Elementwise.Multiply(x, 2);

        protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * 2;
    }
}

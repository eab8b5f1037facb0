using Zssr.Autograd;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Functions with several outputs.</summary>
public sealed class MultiOutputFunctionTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    /// <summary>x = 3, y = 5: sum 8, product 15. L = sum² · product, ∂L/∂x = 2 · 8 · 15 + 64 · 5 = 560, ∂L/∂y = 240 + 64 · 3 = 432.</summary>
    [Test]
    public void Gradients_of_all_outputs_come_together([Values] bool createGraph)
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        IReadOnlyList<Variable> outputs = SumAndProduct.Apply(x, y, out SumAndProduct function);
        Assert.That(outputs.Select(output => output.Value.Item()), Is.EqualTo(new[] { 8.0, 15.0 }));
        Assert.That(function.Outputs, Is.EqualTo(outputs));
        tape.Backward(outputs[0] * outputs[0] * outputs[1], createGraph: createGraph);
        Assert.That((x.Gradient!.Value.Item(), y.Gradient!.Value.Item()), Is.EqualTo((560.0, 432.0)));
        Assert.That(function.BackwardCalls, Is.EqualTo(1));
    }

    [TestCase(0, 1, 1)]
    [TestCase(1, 5, 3)]
    public void An_output_that_nothing_uses_has_a_gradient_of_zeros(int used, double dx, double dy)
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        tape.Backward(SumAndProduct.Apply(x, y, out _)[used] * 1);
        Assert.That((x.Gradient!.Value.Item(), y.Gradient!.Value.Item()), Is.EqualTo((dx, dy)));
    }

    [Test]
    public void Outputs_may_be_roots_and_one_may_be_kept()
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        IReadOnlyList<Variable> outputs = SumAndProduct.Apply(x, y, out SumAndProduct function);
        outputs[1].KeepGradient();
        tape.Backward([outputs[1] * 2, outputs[0], outputs[1]]);
        Assert.That((x.Gradient!.Value.Item(), outputs[1].Gradient!.Value.Item()), Is.EqualTo((3 * 5 + 1.0, 3.0)));
        Assert.That(function.Outputs, Is.Empty);
        Assert.That(() => tape.Backward(outputs[1]), Throws.TypeOf<GraphException>().With.Message.Contains("SumAndProduct"));
    }

    /// <summary>L = product²: ∂²L/∂x∂y = 4xy = 60.</summary>
    [Test]
    public void Second_derivatives_flow_through_it()
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b), product = SumAndProduct.Apply(x, y, out _)[1];
        Variable first = tape.Gradients(product * product, [x], createGraph: true)[0]!;
        Assert.That(tape.Gradients(first, [y])[0]!.Value.Item(), Is.EqualTo(60));
    }

    [Test]
    public void Memory_of_unused_outputs_is_freed_too()
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        int before = Device.LiveBuffers;
        IReadOnlyList<Variable> outputs = SumAndProduct.Apply(x, y, out _);
        Variable root = outputs[0] * 1;
        tape.Backward(root);
        foreach (Variable output in outputs)
            Assert.That(() => output.Value, Throws.TypeOf<TensorDisposedException>());
        Assert.That(Device.LiveBuffers, Is.EqualTo(before + 3), "the root and two gradients");
        tape.Clear();
        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
    }

    [Test]
    public void Without_gradient_nothing_is_recorded()
    {
        using Tensor a = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Constant(a);
        IReadOnlyList<Variable> outputs = SumAndProduct.Apply(x, x, out _);
        Assert.That((outputs[1].Value.Item(), outputs[1].RequiresGradient, tape.RecordCount), Is.EqualTo((9.0, false, 0)));
    }

    [Test]
    public void A_graph_shows_each_output()
    {
        using Tensor a = Scalar(3), b = Scalar(5);
        using var tape = new Tape();
        IReadOnlyList<Variable> outputs = SumAndProduct.Apply(tape.Watch(a), tape.Watch(b), out _);
        IReadOnlyList<GraphOp> ops = TapeGraph.Of(outputs[1] * 2).Ops;
        Assert.That(ops.Select(op => op.Function), Is.EqualTo(new[] { "SumAndProduct[0]", "SumAndProduct[1]", "MultiplyScalar" }));
        Assert.That(ops[2].Inputs.Single(), Is.SameAs(ops[1]));
    }

    [Test]
    public void A_tensor_that_is_two_outputs_or_an_input_is_freed_once()
    {
        using Tensor a = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(a);
        IReadOnlyList<Variable> outputs = PlannedFunction.Apply(x, value => [value, value, value], dy => [dy[0] + dy[1] * 2 + dy[2] * 3]);
        tape.Backward(outputs[0] + outputs[1] + outputs[2]);
        Assert.That((x.Gradient!.Value.Item(), a.Item()), Is.EqualTo((6.0, 3.0)));
    }

    [Test]
    public void Nothing_null_and_disposed_are_refused_by_name()
    {
        using Tensor a = Scalar(3);
        int buffers = Device.LiveBuffers;
        using var tape = new Tape();
        Variable x = tape.Watch(a);
        Tensor gone = Scalar(1);
        gone.Dispose();
        Func<Tensor, IReadOnlyList<Tensor>>[] forwards = [_ => null!, _ => [], value => [Scalar(1), value, null!, Scalar(2)], _ => [Scalar(1), gone]];
        foreach (Func<Tensor, IReadOnlyList<Tensor>> forward in forwards)
            Assert.That(() => PlannedFunction.Apply(x, forward, dy => [dy[0]]), Throws.TypeOf<GraphException>().With.Message.Contains("Planned: forward gave"));
        Variable y = PlannedFunction.Apply(x, value => [value.Share()], _ => null!)[0];
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Planned: backward gave null"));
        tape.Clear();
        Assert.That(Device.LiveBuffers, Is.EqualTo(buffers), "of what was refused nothing is left");
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);

    /// <summary>(x + y, x · y). Backward: dx = dsum + y · dproduct, dy = dsum + x · dproduct.</summary>
    private sealed class SumAndProduct : MultiOutputFunction
    {
        public int BackwardCalls { get; private set; }

        public static IReadOnlyList<Variable> Apply(Variable x, Variable y, out SumAndProduct function) =>
            RunAll(function = new SumAndProduct(), x, y);

        protected override IReadOnlyList<Tensor> ForwardAll() =>
            [Elementwise.Add(Inputs[0].Value, Inputs[1].Value), Elementwise.Multiply(Inputs[0].Value, Inputs[1].Value)];

        protected override IReadOnlyList<Variable?> Backward(IReadOnlyList<Variable> dy)
        {
            BackwardCalls++;
            return [dy[0] + dy[1] * Inputs[1], dy[0] + dy[1] * Inputs[0]];
        }
    }

    private sealed class PlannedFunction(
        Func<Tensor, IReadOnlyList<Tensor>> forward, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable?>> backward) : MultiOutputFunction
    {
        public static IReadOnlyList<Variable> Apply(
            Variable x, Func<Tensor, IReadOnlyList<Tensor>> forward, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable?>> backward) =>
            RunAll(new PlannedFunction(forward, backward), x);

        protected override IReadOnlyList<Tensor> ForwardAll() => forward(Inputs[0].Value);

        protected override IReadOnlyList<Variable?> Backward(IReadOnlyList<Variable> dy) => backward(dy);
    }
}

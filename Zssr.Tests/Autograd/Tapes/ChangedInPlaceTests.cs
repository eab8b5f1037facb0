using System.Runtime.CompilerServices;
using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>A value that was changed in place after it was recorded is never taken for the one that was recorded.</summary>
public sealed class ChangedInPlaceTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void A_backward_pass_that_reads_a_changed_input_is_refused_with_function_and_versions()
    {
        using Tensor x = Scalar(4), three = Scalar(3), nine = Scalar(9);
        x.Assign(three);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * v;
        x.Assign(nine);

        Assert.That(
            () => tape.Backward(y),
            Throws.TypeOf<GraphException>().With.Message.Contains("Multiply").And.Message.Contains("input 0 (x)")
                .And.Message.Contains("version 1 then").And.Message.Contains("version 2 now"));
        Assert.That(v.Gradient, Is.Null);
    }

    [Test]
    public void Constants_count_too()
    {
        using Tensor x = Scalar(3), factor = Scalar(4), nine = Scalar(9);
        using var tape = new Tape();
        Variable y = tape.Watch(x) * tape.Constant(factor).Named("factor");
        factor.Assign(nine);
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("input 1 (factor)"));
    }

    [Test]
    public void An_output_that_a_backward_pass_reads_counts_too()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape();
        Variable y = ExpFunction.Apply(tape.Watch(x));
        y.Value.Assign(nine);
        Assert.That(
            () => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Exp").And.Message.Contains("its output"));
    }

    [Test]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void The_lines_of_function_and_tensor_are_named_where_the_tape_knows_them()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape { RemembersLines = true };
        Variable v = tape.Watch(x);
        int start = Here();
        Variable middle = v + 1;
        Variable y = middle * middle;
        middle.Value.Assign(nine);
        Assert.That(
            () => tape.Backward(y),
            Throws.TypeOf<GraphException>().With.Message.Contains($"Multiply (ChangedInPlaceTests.cs:{start + 2})")
                .And.Message.Contains($"computed by AddScalar (ChangedInPlaceTests.cs:{start + 1})"));
    }

    [Test]
    public void What_no_backward_pass_reads_may_be_changed()
    {
        using Tensor x = Scalar(3), mean = Scalar(4), nine = Scalar(9);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = (v - tape.Constant(mean)) * 2;
        mean.Assign(nine);
        x.Assign(nine);
        tape.Backward(y);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(2), "d(2(x − mean))/dx, at any x and mean");
    }

    /// <summary>y = 3x, overwritten with 9, and z = y²: the tape has seen no way from x to 9.</summary>
    [Test]
    public void No_gradient_flows_through_a_change_before_a_function_was_applied()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape();
        Variable y = tape.Watch(x) * 3;
        y.Value.Assign(nine);
        Variable z = y * y;
        Assert.That(
            () => tape.Backward(z),
            Throws.TypeOf<GraphException>().With.Message.Contains("computed by MultiplyScalar").And.Message.Contains("before Multiply was applied"));
    }

    [Test]
    public void A_detached_value_may_have_been_changed_before()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * 3;
        y.Value.Assign(nine);
        tape.Backward(y.Detach() * v);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(9));
    }

    [TestCase(5)]
    [TestCase(6)]
    public void A_function_of_many_inputs_watches_over_each(int inputs)
    {
        for (int changed = 0; changed < inputs; changed++)
        {
            using Tensor nine = Scalar(9);
            Tensor[] values = [.. Enumerable.Range(0, inputs).Select(i => Scalar(i + 1))];
            // Each has a version of its own, so that none can stand for another.
            for (int i = 0; i < inputs; i++)
            {
                for (int times = 0; times < i; times++)
                    values[i].Assign(nine);
            }

            using (var tape = new Tape())
            {
                Variable product = ProductFunction.Apply([.. values.Select(tape.Watch)]);
                Assert.That(() => tape.Backward(product, keepGraph: true), Throws.Nothing);
                values[changed].Assign(nine);
                Assert.That(() => tape.Backward(product), Throws.TypeOf<GraphException>().With.Message.Contains($"input {changed}"));
            }

            foreach (Tensor value in values)
                value.Dispose();
        }
    }

    /// <summary>Ten steps on x²/2 with rate ½ halve x each time: 1024 becomes 1.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Steps_of_an_optimizer_between_passes_are_no_mistake(bool clears)
    {
        using Tensor x = Scalar(1024), velocity = Scalar(0);
        var tape = new Tape();
        for (int step = 0; step < 10; step++)
        {
            Variable v = tape.Watch(x);
            tape.Backward(v * v * 0.5);
            SgdUpdate.Apply(x, v.Gradient!.Value, velocity, 0.5, momentum: 0);
            v.ClearGradient();
            if (clears)
                tape.Clear();
        }

        tape.Dispose();
        Assert.That((x.Item(), x.Version), Is.EqualTo((1.0, 10L)));
    }

    [Test]
    public void After_a_refusal_the_tape_goes_on()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * v;
        x.Assign(nine);
        Assert.That(() => tape.Backward(y, keepGraph: true), Throws.TypeOf<GraphException>());
        Assert.That(v.Value.Item(), Is.EqualTo(9), "outside the pass the value may be read");
        tape.Backward(v * v);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(18));
    }

    [Test]
    public void A_recorded_backward_pass_is_guarded_as_well()
    {
        using Tensor x = Scalar(3), nine = Scalar(9);
        using var tape = new Tape();
        Variable v = tape.Watch(x), first = tape.Gradients(v * v * v, [v], createGraph: true)[0]!;
        x.Assign(nine);
        Assert.That(() => tape.Backward(first), Throws.TypeOf<GraphException>().With.Message.Contains("changed in place"));
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);

    private static int Here([CallerLineNumber] int line = 0) => line;

    /// <summary>y = Π xᵢ.</summary>
    private sealed class ProductFunction : Function
    {
        public static Variable Apply(params ReadOnlySpan<Variable> x) => Run(new ProductFunction(), x);

        protected override Tensor Forward() =>
            Tensor.From(Inputs[0].Value.Device, [], [Inputs.Aggregate(1.0, (product, x) => product * x.Value.Item())]);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) =>
        [
            .. Inputs.Select((x, i) => (Variable?)Inputs.Where((_, j) => j != i).Aggregate(dy, (product, other) => product * other)),
        ];
    }
}

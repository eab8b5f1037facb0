using System.Runtime.CompilerServices;
using Zssr.Autograd;
using Zssr.Autograd.Graphs;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Which line of C# a recorded function is said to come from.</summary>
[TestFixture]
public sealed class SourceLineTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void The_line_is_that_of_the_operator_or_function_in_the_users_code()
    {
        using Tensor value = Tensor.Full(Device, [1, 4, 4, 1], 2);
        using var tape = new Tape { RemembersLines = true };
        Variable x = tape.Watch(value);
        int start = Here();
        Variable y = x * x;
        y = OwnFunction.Apply(y);
        y = ResizeFunction.Interpolate(y, 8, 4, InterpolationMode.Bilinear);
        _ = Doubled();

        string file = nameof(SourceLineTests) + ".cs";
        Assert.That(
            TapeGraph.Of(tape).Ops.Select(op => (op.Function, op.Line!.File, op.Line.Line - start)),
            Is.EqualTo(new[] { ("Multiply", file, 1), ("Own", file, 2), ("Resize", file, 3), ("Resize", file, 3), ("MultiplyScalar", file, 13) }));
        Assert.That(TapeGraph.Of(tape).Ops[0].Line!.ToString(), Is.EqualTo($"{file}:{start + 1}"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        Variable Doubled() => y * 2;
    }

    [Test]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void What_a_recorded_backward_pass_applies_comes_from_the_line_that_asked_for_it()
    {
        using Tensor value = Tensor.Full(Device, [], 2);
        using var tape = new Tape { RemembersLines = true };
        Variable x = tape.Watch(value), y = SquareFunction.Apply(x);
        int start = Here();
        tape.Gradients(y, [x], createGraph: true);

        Assert.That(TapeGraph.Of(tape).Ops.Skip(1).Select(op => op.Line!.Line - start), Is.Not.Empty.And.All.EqualTo(1));
    }

    [Test]
    public void A_layers_function_comes_from_the_layer()
    {
        using Tensor value = Tensor.Full(Device, [1, 4, 4, 1], 2);
        using var layer = new Conv2dLayer(Device, 1, 1, 3, new FanInUniform(), seed: 1, stream: 0);
        using var tape = new Tape { RemembersLines = true };
        // Until the compiler has made the best of the method, which it does in the background.
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 30; j++)
                layer.Forward(tape.Constant(value));
            Thread.Sleep(50);
        }

        tape.Clear();
        SourceLine line = TapeGraph.Of(layer.Forward(tape.Constant(value))).Ops.Single().Line!;

        Assert.That((line.Method, line.File), Is.EqualTo(("Conv2dLayer.Forward", "Conv2dLayer.cs")));
        Assert.That(line.Line, Is.GreaterThan(1));
    }

    [Test]
    public void A_tape_that_was_not_asked_remembers_no_line()
    {
        using Tensor value = Tensor.Full(Device, [], 2);
        using var tape = new Tape();

        Assert.That(TapeGraph.Of(tape.Watch(value) * 2).Ops.Single().Line, Is.Null);
    }

    [Test]
    public void Without_debug_symbols_the_method_stands_for_the_line() =>
        Assert.That(new SourceLine("Net.Forward", null, 0).ToString(), Is.EqualTo("Net.Forward"));

    private static int Here([CallerLineNumber] int line = 0) => line;

    private sealed class OwnFunction : UnaryFunction
    {
        public static Variable Apply(Variable x) => Run(new OwnFunction(), x);

        protected override Tensor Forward(Tensor x) => x;

        protected override Variable Backward(Variable x, Variable y, Variable dy) => dy;
    }
}

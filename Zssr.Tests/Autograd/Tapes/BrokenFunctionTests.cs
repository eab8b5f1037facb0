using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Functions of one's own that give nothing: the mistake is named, and the tape can be cleared and disposed.</summary>
public sealed class BrokenFunctionTests
{
    private static Device Cpu => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Forward_that_gives_null_or_a_disposed_tensor_is_refused_and_leaves_the_tape_whole(
        [Values] bool isWatched, [Values] bool givesNull)
    {
        using Tensor x = Tensor.Full(Cpu, [3], 2);
        int buffers = Cpu.LiveBuffers;
        using (var tape = new Tape())
        {
            Variable input = isWatched ? tape.Watch(x) : tape.Constant(x);
            Func<Tensor, Tensor> forward = value =>
            {
                if (givesNull)
                    return null!;
                Tensor made = value.Share();
                made.Dispose();
                return made;
            };

            Assert.That(
                () => Broken.Apply(input, forward, dy => [dy]),
                Throws.TypeOf<GraphException>().With.Message.Contains(givesNull ? "Broken: forward gave null" : "has been disposed"));

            Variable sum = Broken.Apply(input, value => value.Share(), dy => [dy]);
            Assert.That(sum.Value.ToArray(), Is.All.EqualTo(2));
            tape.Clear();
        }

        Assert.That(Cpu.LiveBuffers, Is.EqualTo(buffers));
    }

    [Test]
    public void Backward_that_gives_null_is_refused()
    {
        using Tensor x = Tensor.Full(Cpu, [], 2);
        using var tape = new Tape();
        Variable y = Broken.Apply(tape.Watch(x), value => value.Share(), _ => null!);

        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Broken: backward gave null"));
    }

    [Test]
    public void Backward_of_one_variable_that_gives_null_is_refused()
    {
        using Tensor x = Tensor.Full(Cpu, [], 2);
        using var tape = new Tape();
        Variable y = BrokenUnary.Apply(tape.Watch(x));

        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("BrokenUnary: backward gave null"));
    }

    [Test]
    public void A_gradient_of_wrong_shape_or_type_names_function_input_what_is_needed_and_what_came([Values] bool isNamed)
    {
        using Tensor x = Tensor.Full(Cpu, [2], 2), w = Tensor.Full(Cpu, [2], 3), wide = Tensor.Full(Cpu, [4, 2], 1);
        using Tensor other = Tensor.Full(Cpu, [2], 1, DType.Float64);
        using var tape = new Tape { RemembersLines = true };
        Variable v = tape.Watch(x), weight = tape.Watch(w);
        if (isNamed)
            weight.Named("layers.0.weight");
        string name = isNamed ? "input 1 (layers.0.weight)" : "input 1 (weight)";

        Assert.That(
            () => tape.Backward(SumFunction.Apply(BrokenPair.Apply(v, weight, tape.Constant(wide)))),
            Throws.TypeOf<ShapeException>().With.Message.Contains("BrokenPair (BrokenFunctionTests.cs:").And.Message.Contains(name)
                .And.Message.Contains("[4, 2]").And.Message.Contains("[2]"));
        Assert.That(
            () => tape.Backward(SumFunction.Apply(BrokenPair.Apply(v, weight, tape.Constant(other)))),
            Throws.TypeOf<DTypeException>().With.Message.Contains("BrokenPair").And.Message.Contains(name)
                .And.Message.Contains("float64").And.Message.Contains("float32"));
        Assert.That((v.Gradient, weight.Gradient), Is.EqualTo(((Variable?)null, (Variable?)null)));
    }

    [Test]
    public void A_gradient_of_another_tape_or_one_that_was_disposed_is_refused_by_name()
    {
        using Tensor x = Tensor.Full(Cpu, [2], 2), w = Tensor.Full(Cpu, [2], 3);
        using Tape tape = new(), other = new();
        Variable v = tape.Watch(x), weight = tape.Watch(w), gone = tape.Constant(x);
        gone.Dispose();

        Assert.That(
            () => tape.Backward(SumFunction.Apply(BrokenPair.Apply(v, weight, other.Constant(x)))),
            Throws.TypeOf<GraphException>().With.Message.Contains("BrokenPair").And.Message.Contains("another tape"));
        Assert.That(
            () => tape.Backward(SumFunction.Apply(BrokenPair.Apply(v, weight, gone))),
            Throws.TypeOf<GraphException>().With.Message.Contains("BrokenPair").And.Message.Contains("disposed"));
    }

    private sealed class BrokenUnary : UnaryFunction
    {
        public static Variable Apply(Variable x) => Run(new BrokenUnary(), x);

        protected override Tensor Forward(Tensor x) => x;

        protected override Variable Backward(Variable x, Variable y, Variable dy) => null!;
    }

    /// <summary>Gives the second input any gradient that a test wants it to.</summary>
    private sealed class BrokenPair(Variable gradient) : Function
    {
        public static Variable Apply(Variable x, Variable weight, object gradient) => Run(new BrokenPair((Variable)gradient), x, weight);

        protected override Tensor Forward() => Elementwise.Multiply(Inputs[0].Value, Inputs[1].Value);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) => [dy * Inputs[1], gradient];
    }

    private sealed class Broken(Func<Tensor, Tensor> forward, Func<Variable, IReadOnlyList<Variable?>> backward) : Function
    {
        public static Variable Apply(Variable x, Func<Tensor, Tensor> forward, Func<Variable, IReadOnlyList<Variable?>> backward) =>
            Run(new Broken(forward, backward), x);

        protected override Tensor Forward() => forward(Inputs[0].Value);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) => backward(dy);
    }
}

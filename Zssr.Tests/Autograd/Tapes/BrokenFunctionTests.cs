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

    private sealed class Broken(Func<Tensor, Tensor> forward, Func<Variable, IReadOnlyList<Variable?>> backward) : Function
    {
        public static Variable Apply(Variable x, Func<Tensor, Tensor> forward, Func<Variable, IReadOnlyList<Variable?>> backward) =>
            Run(new Broken(forward, backward), x);

        protected override Tensor Forward() => forward(Inputs[0].Value);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) => backward(dy);
    }
}

using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>A tape goes backward once at a time, and after a pass that failed it goes on.</summary>
[TestFixture]
public sealed class PassWithinPassTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void An_observer_cannot_go_backward_within_a_pass()
    {
        using Tensor value = Scalar(3);
        Variable? other = null;
        var observer = new Observer(() => other!.Tape.Gradients(other, [other]));
        using var tape = new Tape { Observer = observer };
        Variable x = tape.Watch(value);
        other = x * 7;
        Variable y = x * 2;

        AssertRefused(() => tape.Backward(y));

        observer.IsAsleep = true;
        AssertGoesOn(tape, x);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_functions_backward_cannot_go_backward_itself(bool createGraph)
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value), other = x * 7;
        Variable y = BackwardFunction.Apply(x, dy => tape.Gradients(other, [x], keepGraph: true)[0]! * dy);

        AssertRefused(() => tape.Backward(y, createGraph: createGraph));

        AssertGoesOn(tape, x);
    }

    [Test]
    public void Within_a_pass_another_tape_may_go_backward()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable y = BackwardFunction.Apply(x, dy =>
        {
            using var own = new Tape();
            Variable v = own.Watch(x.Value);
            own.Backward(v * v);
            return tape.Constant(v.Gradient!.Value) * dy;
        });
        tape.Backward(y);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(6));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_pass_that_failed_can_be_done_again_where_the_graph_is_kept(bool createGraph)
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        bool fails = true;
        // x is reached along two ways; one has brought its part when the other fails.
        Variable y = (BackwardFunction.Apply(x, dy => fails ? throw new InvalidDataException("planted") : dy * 2) + x * 5) * 10;

        Assert.That(() => tape.Backward(y, keepGraph: true, createGraph: createGraph), Throws.TypeOf<InvalidDataException>());
        Assert.That(x.Gradient, Is.Null);
        Assert.That(tape.IsRecording, Is.True);
        fails = false;
        tape.Backward(y);

        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(10 * (2 + 5)));
    }

    private static void AssertRefused(Action pass) => Assert.That(
        pass, Throws.TypeOf<GraphException>().With.Message.Contains("another backward pass").And.Message.Contains("new Tape()"));

    private static void AssertGoesOn(Tape tape, Variable x)
    {
        Assert.That(x.Gradient, Is.Null);
        tape.Backward(x * 5);
        Assert.That(x.Gradient!.Value.Item(), Is.EqualTo(5));
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);

    /// <summary>y = x, with a backward pass of the test's.</summary>
    private sealed class BackwardFunction(Func<Variable, Variable> backward) : UnaryFunction
    {
        public static Variable Apply(Variable x, Func<Variable, Variable> backward) => Run(new BackwardFunction(backward), x);

        protected override Tensor Forward(Tensor x) => x;

        protected override Variable Backward(Variable x, Variable y, Variable dy) => backward(dy);
    }

    private sealed class Observer(Action onBackward) : ITapeObserver
    {
        public bool IsAsleep { get; set; }

        public void Applied(Function function, TimeSpan time)
        {
        }

        public void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time)
        {
            if (!IsAsleep)
                onBackward();
        }
    }
}

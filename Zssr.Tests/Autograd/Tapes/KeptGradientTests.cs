using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Gradients of computed variables, and several roots.</summary>
public sealed class KeptGradientTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    /// <summary>m = 3x, y = m² at x = 2: dy/dm = 12, dy/dx = 36.</summary>
    [Test]
    public void A_computed_variable_keeps_its_gradient_if_it_is_told_to(
        [Values] bool keepGraph, [Values] bool createGraph)
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x), middle = (v * 3).KeepGradient(), y = middle * middle;
        tape.Backward(y, keepGraph: keepGraph, createGraph: createGraph);
        Assert.That((middle.Gradient!.Value.Item(), v.Gradient!.Value.Item()), Is.EqualTo((12.0, 36.0)));
    }

    [Test]
    public void It_adds_up_until_it_is_cleared_and_the_root_may_keep_its_own()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable middle = (tape.Watch(x) * 3).KeepGradient().KeepGradient(), y = (middle * middle).KeepGradient();
        tape.Backward(y, keepGraph: true);
        tape.Backward(y, keepGraph: true);
        Assert.That((middle.Gradient!.Value.Item(), y.Gradient!.Value.Item()), Is.EqualTo((24.0, 2.0)));
        middle.ClearGradient();
        tape.Backward(y);
        Assert.That(middle.Gradient!.Value.Item(), Is.EqualTo(12));
    }

    [Test]
    public void It_is_memory_of_its_own()
    {
        using Tensor x = Scalar(2), clipped = Scalar(0.5);
        using var tape = new Tape();
        Variable v = tape.Watch(x), middle = (v + 1).KeepGradient();
        tape.Backward(middle * 3);
        middle.Gradient!.Value.Assign(clipped);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(3));
    }

    [Test]
    public void Without_being_told_it_has_none_and_a_cleared_tape_forgets_it()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        int before = Device.LiveBuffers;
        Variable kept = (v * 3).KeepGradient(), other = kept * 2;
        tape.Backward(other * 5);
        Assert.That(other.Gradient, Is.Null);
        tape.Clear();
        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
        tape.Backward(v * 3);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(3));
    }

    [Test]
    public void A_constant_cannot_keep_a_gradient()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Assert.That(() => (tape.Constant(x) * 2).KeepGradient(), Throws.TypeOf<GraphException>().With.Message.Contains("tape.Watch"));
    }

    /// <summary>a = x², b = x³ at 2 with seeds 10 and 1: 10 · 4 + 1 · 12 = 52; what both need is gone through once.</summary>
    [Test]
    public void Several_roots_go_backward_in_one_pass()
    {
        using Tensor x = Scalar(2), ten = Scalar(10);
        using var tape = new Tape();
        int calls = 0;
        Variable v = tape.Watch(x), shared = CountedFunction.Apply(v, () => calls++);
        Variable a = shared * shared, b = a * shared;
        tape.Backward([a, b], [tape.Constant(ten), null]);
        Assert.That((v.Gradient!.Value.Item(), calls), Is.EqualTo((52.0, 1)));
    }

    [Test]
    public void Roots_may_be_the_same_watched_or_without_seeds()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * 5;
        Assert.That(tape.Gradients([y, y, v], [v])[0]!.Value.Item(), Is.EqualTo(11));
    }

    /// <summary>d/dx of (x² + x³) and once more: 2 + 6x = 14 at 2.</summary>
    [Test]
    public void Several_roots_have_second_derivatives()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        Variable first = tape.Gradients([v * v, v * v * v], [v], createGraph: true)[0]!;
        Assert.That(tape.Gradients(first, [v])[0]!.Value.Item(), Is.EqualTo(14));
    }

    [Test]
    public void Roots_and_seeds_that_do_not_fit_are_refused_by_number()
    {
        using Tensor x = Scalar(2), two = Tensor.From(Device, [2], [1.0, 2]);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * 2, constant = tape.Constant(x), vector = tape.Watch(two) * 2;
        Assert.Multiple(() =>
        {
            Assert.That(() => tape.Backward([]), Throws.TypeOf<GraphException>().With.Message.Contains("no root"));
            Assert.That(() => tape.Backward([y, null!]), Throws.TypeOf<GraphException>().With.Message.Contains("root 1 is null"));
            Assert.That(() => tape.Backward([y, constant]), Throws.TypeOf<GraphException>().With.Message.Contains("root 1 []"));
            Assert.That(() => tape.Backward([y, vector]), Throws.TypeOf<ShapeException>().With.Message.Contains("root 1 has shape [2]"));
            Assert.That(() => tape.Backward([y, y], [null]), Throws.TypeOf<GraphException>().With.Message.Contains("1 seeds for 2 roots"));
            Assert.That(() => tape.Gradients(y, [null!]), Throws.TypeOf<GraphException>().With.Message.Contains("input is null"));
        });
        tape.Backward([y]);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(2));
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);

    /// <summary>y = x; counts how often it goes backward.</summary>
    private sealed class CountedFunction(Action onBackward) : UnaryFunction
    {
        public static Variable Apply(Variable x, Action onBackward) => Run(new CountedFunction(onBackward), x);

        protected override Tensor Forward(Tensor x) => x;

        protected override Variable Backward(Variable x, Variable y, Variable dy)
        {
            onBackward();
            return dy;
        }
    }
}

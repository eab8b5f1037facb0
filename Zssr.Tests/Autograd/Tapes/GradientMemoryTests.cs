using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>A gradient that is changed in place, as by clipping, changes nothing else.</summary>
[TestFixture]
public sealed class GradientMemoryTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(false)]
    [TestCase(true)]
    public void Terms_of_a_sum_have_gradients_apart(bool createGraph)
    {
        using Tensor a = Numbers(1, 2), b = Numbers(3, 4), clipped = Numbers(0.5, 0.25);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        tape.Backward(SumFunction.Apply(x + y), createGraph: createGraph);

        x.Gradient!.Value.Assign(clipped);

        Assert.That(x.Gradient!.Value.ToDoubles(), Is.EqualTo(new[] { 0.5, 0.25 }));
        Assert.That(y.Gradient!.Value.ToDoubles(), Is.EqualTo(new[] { 1.0, 1 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Asked_for_gradients_are_apart_too(bool createGraph)
    {
        using Tensor a = Numbers(1, 2), clipped = Numbers(0.5, 0.25);
        using var tape = new Tape();
        Variable x = tape.Watch(a), middle = x + 1;
        Variable?[] gradients = tape.Gradients(SumFunction.Apply(middle), [middle, x], createGraph: createGraph);

        gradients[0]!.Value.Assign(clipped);

        Assert.That(gradients[1]!.Value.ToDoubles(), Is.EqualTo(new[] { 1.0, 1 }));
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void The_callers_seed_stays_as_it_is(bool ofTheRootItself, bool createGraph)
    {
        using Tensor a = Numbers(1, 2), given = Numbers(10, 20), clipped = Numbers(0.5, 0.25);
        using var tape = new Tape();
        Variable x = tape.Watch(a);
        tape.Backward(ofTheRootItself ? x : x + 1, tape.Constant(given), createGraph: createGraph);

        Assert.That(x.Gradient!.Value.ToDoubles(), Is.EqualTo(new[] { 10.0, 20 }));
        x.Gradient!.Value.Assign(clipped);

        Assert.That(given.ToDoubles(), Is.EqualTo(new[] { 10.0, 20 }));
    }

    [Test]
    public void A_gradient_that_is_nothing_elses_is_not_copied()
    {
        using Tensor a = Numbers(1, 2);
        using var tape = new Tape();
        Variable x = tape.Watch(a);
        var function = new DoubledFunction();
        tape.Backward(SumFunction.Apply(function.Of(x)));

        Assert.That(x.Gradient, Is.SameAs(function.Given));
    }

    private static Tensor Numbers(params double[] numbers) => Tensor.From(Device, [numbers.Length], numbers);

    /// <summary>y = 2x; remembers the gradient that it gave.</summary>
    private sealed class DoubledFunction : UnaryFunction
    {
        public Variable? Given { get; private set; }

        public Variable Of(Variable x) => Run(this, x);

        protected override Tensor Forward(Tensor x) => Elementwise.Multiply(x, 2);

        protected override Variable Backward(Variable x, Variable y, Variable dy) => Given = dy * 2;
    }
}

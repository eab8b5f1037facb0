using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Variables that stand for tensors while something is computed.</summary>
public sealed class SubstituteTests
{
    [Test]
    public void A_substitute_is_used_within_the_computation_only_and_gradients_flow_through_it()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor w = Tensor.From(device, [2], new[] { 3.0, 5.0 }, DType.Float64);
        using var tape = new Tape();
        Variable watched = tape.Watch(w);

        // y = Σ (w²)², with w² in the place of w.
        Variable y = tape.With([(w, watched * watched)], () =>
        {
            Variable inner = tape.Watch(w);
            Assert.That(inner, Is.Not.SameAs(watched));
            return SumFunction.Apply(inner * inner);
        });

        Assert.That(tape.Watch(w), Is.SameAs(watched));
        Assert.That(y.Value.Item(), Is.EqualTo(81 + 625));
        tape.Backward(y);
        Assert.That(watched.Gradient!.Value.ToDoubles(), Is.EqualTo(new[] { 4 * 27.0, 4 * 125.0 }));
    }

    [Test]
    public void What_the_computation_throws_ends_the_substitution()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor w = Tensor.From(device, [1], new[] { 2.0 }, DType.Float64);
        using var tape = new Tape();
        Variable watched = tape.Watch(w);
        Assert.That(
            () => tape.With([(w, watched * 2.0)], () => throw new InvalidOperationException("no")),
            Throws.TypeOf<InvalidOperationException>());
        Assert.That(tape.Watch(w), Is.SameAs(watched));
    }
}

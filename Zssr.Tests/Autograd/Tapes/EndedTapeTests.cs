using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>What was recorded before a tape was cleared or disposed cannot be differentiated, and the message says why.</summary>
public sealed class EndedTapeTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Backward_after_clear_says_so()
    {
        using Tensor x = Scalar(3);
        using var tape = new Tape();
        Variable v = tape.Watch(x), middle = v * 2, y = middle * middle;
        tape.Clear();
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("Multiply").And.Message.Contains("tape.Clear()"));
        Assert.That(
            () => tape.Gradients(v * 2, [middle]),
            Throws.TypeOf<GraphException>().With.Message.Contains("MultiplyScalar").And.Message.Contains("tape.Clear()"));
        Assert.That(() => y * 2, Throws.TypeOf<TensorDisposedException>().With.Message.Contains("tape.Clear()"));
    }

    [Test]
    public void Backward_after_dispose_says_so()
    {
        using Tensor x = Scalar(3);
        var tape = new Tape();
        Variable v = tape.Watch(x), y = v * v;
        tape.Dispose();
        Action[] uses = [() => tape.Backward(y), () => tape.Backward(v), () => tape.Gradients(y, [v]), () => _ = y * 2, () => v.KeepGradient()];
        foreach (Action use in uses)
            Assert.That(use, Throws.TypeOf<GraphException>().With.Message.Contains("the tape has been disposed"));
        Assert.That(() => y.Value, Throws.TypeOf<TensorDisposedException>().With.Message.Contains("which has been disposed"));
    }

    [Test]
    public void A_tape_cannot_be_cleared_or_disposed_within_a_pass()
    {
        using Tensor x = Scalar(3);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        foreach (Action end in new Action[] { tape.Clear, tape.Dispose })
        {
            using IDisposable hook = v.OnGradient(_ =>
            {
                end();
                return null;
            });
            Assert.That(() => tape.Backward(v * 2), Throws.TypeOf<GraphException>().With.Message.Contains("a backward pass is running"));
        }

        tape.Backward(v * 2);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(2), "the tape goes on");
    }

    [Test]
    public void What_has_been_freed_cannot_be_told_to_keep_a_gradient()
    {
        using Tensor x = Scalar(3);
        using var tape = new Tape();
        Variable y = tape.Watch(x) * 2;
        tape.Backward(y);
        Assert.That(() => y.KeepGradient(), Throws.TypeOf<GraphException>().With.Message.Contains("freed by an earlier pass"));
        Assert.That(() => y.OnGradient(_ => null), Throws.TypeOf<GraphException>().With.Message.Contains("freed by an earlier pass"));
    }

    [Test]
    public void A_graph_that_a_pass_has_freed_is_not_put_down_to_clear()
    {
        using Tensor x = Scalar(3);
        using var tape = new Tape();
        Variable y = tape.Watch(x) * 2;
        tape.Backward(y);
        tape.Clear();
        Assert.That(() => tape.Backward(y), Throws.TypeOf<GraphException>().With.Message.Contains("an earlier pass"));
    }

    /// <summary>d²(x³)/dx² at 2 is 12, also where the first derivative is taken without gradient.</summary>
    [Test]
    public void A_graph_that_is_asked_for_is_recorded_within_NoGradient_too()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x), y = v * v * v, first;
        using (tape.NoGradient())
        {
            first = tape.Gradients(y, [v], createGraph: true)[0]!;
            Assert.That((v * v).RequiresGradient, Is.False, "the scope goes on");
            tape.Backward(y, createGraph: true);
        }

        Assert.That(tape.IsRecording, Is.True);
        Assert.That(tape.Gradients(first, [v], keepGraph: true)[0]!.Value.Item(), Is.EqualTo(12));
        Assert.That(tape.Gradients(v.Gradient!, [v])[0]!.Value.Item(), Is.EqualTo(12));
    }

    [Test]
    public void A_recorded_pass_that_fails_leaves_the_scope_as_it_was()
    {
        using Tensor x = Tensor.From(Device, [2], [1.0, 2]);
        using var tape = new Tape();
        Variable y = tape.Watch(x) * 2;
        using (tape.NoGradient())
        {
            Assert.That(() => tape.Backward(y, createGraph: true), Throws.TypeOf<ShapeException>());
            Assert.That(tape.IsRecording, Is.False);
        }

        Assert.That(tape.IsRecording, Is.True);
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);
}

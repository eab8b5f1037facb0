using System.Runtime.CompilerServices;
using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>A tape that stops at NaN names the first function with a value or gradient that is not finite.</summary>
public sealed class StopsAtNaNTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void The_first_function_whose_value_is_not_finite_is_named_with_line_place_and_inputs()
    {
        using Tensor x = Tensor.From(Device, [1, 2, 2], [1f, 2, -4, 3]);
        using var tape = new Tape { StopsAtNaN = true };
        Variable v = tape.Watch(x) * 2;
        int line = 0;
        string? said = null;
        try
        {
            line = Here() + 1;
            LogFunction.Apply(v);
        }
        catch (GraphException stopped)
        {
            said = stopped.Message;
        }

        Assert.That(
            said, Does.StartWith($"Log (StopsAtNaNTests.cs:{line})").And.Contains("NaN at [0, 1, 0]").And.Contains("Its inputs are finite"));
    }

    [Test]
    public void Infinity_counts_and_constants_too()
    {
        using Tensor x = Tensor.From(Device, [2], [0f, 1]);
        using var tape = new Tape { StopsAtNaN = true };
        Variable constant = tape.Constant(x);
        Assert.That(() => 1 / constant, Throws.TypeOf<GraphException>().With.Message.Contains("Infinity at [0]"));
        using (tape.NoGradient())
            Assert.That(() => LogFunction.Apply(constant), Throws.TypeOf<GraphException>().With.Message.Contains("Log"));
    }

    [Test]
    public void An_input_that_was_not_finite_is_told_apart()
    {
        using Tensor x = Tensor.From(Device, [2], [1f, float.PositiveInfinity]);
        using var tape = new Tape { StopsAtNaN = true };
        Assert.That(
            () => tape.Watch(x).Named("weight") * 2,
            Throws.TypeOf<GraphException>().With.Message.Contains("input 0 (weight) is").And.Message.Contains("at [1] already"));
    }

    /// <summary>√x at 0: its value is 0, its slope infinite.</summary>
    [Test]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void The_first_function_whose_gradient_is_not_finite_is_named_with_its_line()
    {
        using Tensor x = Tensor.From(Device, [2], [1f, 0]);
        using var tape = new Tape { StopsAtNaN = true };
        Variable v = tape.Watch(x) * 1;
        int line = Here() + 1;
        Variable root = SqrtFunction.Apply(v);
        Variable sum = SumFunction.Apply(root * 3);
        Assert.That(
            () => tape.Backward(sum),
            Throws.TypeOf<GraphException>().With.Message.Contains(
                $"Sqrt (StopsAtNaNTests.cs:{line}): the gradient of input 0 (x) [2] is Infinity at [1]. Its inputs are finite."));
        Assert.That(tape.Watch(x).Gradient, Is.Null);
    }

    /// <summary>2e38 · x twice: each gradient is a float, their sum is none.</summary>
    [Test]
    public void A_sum_of_gradients_that_overflows_is_told_from_a_gradient()
    {
        using Tensor x = Tensor.From(Device, [], [1e-10f]);
        using var tape = new Tape { StopsAtNaN = true };
        Variable v = tape.Watch(x), y = v * 2e38 + v * 2e38;
        Assert.That(
            () => tape.Backward(y),
            Throws.TypeOf<GraphException>().With.Message.Contains("MultiplyScalar").And.Message.Contains("the sum of the gradients"));
    }

    [Test]
    public void What_is_finite_passes_and_gives_the_same()
    {
        using Tensor x = Tensor.From(Device, [2], [3f, float.MaxValue]), empty = Tensor.Zeros(Device, [0]);
        using var tape = new Tape { StopsAtNaN = true };
        Variable v = tape.Watch(x);
        _ = tape.Watch(empty) * 2;
        tape.Backward(SumFunction.Apply(v * 0.25));
        Assert.That(v.Gradient!.Value.ToArray(), Is.EqualTo(new[] { 0.25f, 0.25f }));
    }

    [Test]
    public void Nothing_stops_a_tape_that_was_not_told_to()
    {
        using Tensor x = Tensor.From(Device, [], [-1f]);
        using var tape = new Tape();
        Assert.That(LogFunction.Apply(tape.Watch(x)).Value.Item(), Is.NaN);
    }

    private static int Here([CallerLineNumber] int line = 0) => line;
}

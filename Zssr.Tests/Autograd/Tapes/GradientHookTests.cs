using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Tapes;

/// <summary>Hooks see the gradient of a variable when it is complete, and may put another in its place.</summary>
public sealed class GradientHookTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    /// <summary>m = 3x is used twice: y = m² + m, dy/dm = 2m + 1 = 13 at x = 2.</summary>
    [Test]
    public void A_hook_sees_the_whole_gradient_once([Values] bool createGraph)
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x), middle = v * 3;
        var seen = new List<double>();
        middle.OnGradient(gradient =>
        {
            seen.Add(gradient.Value.Item());
            return null;
        });
        tape.Backward(middle * middle + middle, createGraph: createGraph);
        Assert.That(seen, Is.EqualTo(new[] { 13.0 }));
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(39));
    }

    [Test]
    public void What_it_gives_goes_on_and_is_what_is_kept([Values] bool createGraph)
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x), middle = (v * 3).KeepGradient();
        middle.OnGradient(gradient => gradient * 10);
        middle.OnGradient(gradient => gradient + 1);
        tape.Backward(middle * middle, createGraph: createGraph);
        Assert.That((middle.Gradient!.Value.Item(), v.Gradient!.Value.Item()), Is.EqualTo((121.0, 363.0)));
    }

    /// <summary>z = x + y gives the same gradient to both, in one piece of memory.</summary>
    [Test]
    public void A_hook_on_one_variable_leaves_others_alone()
    {
        using Tensor a = Scalar(2), b = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(a), y = tape.Watch(b);
        x.OnGradient(gradient => gradient * 0);
        tape.Backward((x + y) * 5);
        Assert.That((x.Gradient!.Value.Item(), y.Gradient!.Value.Item()), Is.EqualTo((0.0, 5.0)));
    }

    [Test]
    public void Hooks_on_watched_variables_stay_until_they_are_disposed()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        IDisposable hook = v.OnGradient(gradient => gradient * 10);
        Assert.That(tape.Gradients(v * 3, [v])[0]!.Value.Item(), Is.EqualTo(30));
        tape.Clear();
        tape.Backward(v * 3);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(30));
        hook.Dispose();
        v.ClearGradient();
        tape.Backward(v * 3);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(3));
    }

    /// <summary>The gradient 3x² times itself is 9x⁴, whose derivative at 2 is 36 · 8.</summary>
    [Test]
    public void What_a_hook_computes_can_be_differentiated()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        using (v.OnGradient(gradient => gradient * gradient))
            tape.Backward(v * v * v, createGraph: true);
        Assert.That(tape.Gradients(v.Gradient!, [v])[0]!.Value.Item(), Is.EqualTo(36 * 8));
    }

    [Test]
    public void What_a_hook_computes_is_not_recorded_unless_the_pass_is_and_is_freed()
    {
        using Tensor x = Scalar(2);
        using var tape = new Tape();
        Variable v = tape.Watch(x);
        v.OnGradient(gradient => gradient * v * 2 * 3);
        tape.Backward(v * 5);
        int buffers = Device.LiveBuffers;
        v.ClearGradient();
        Assert.That(Device.LiveBuffers, Is.EqualTo(buffers - 1));
        tape.Backward(v * 5);
        Assert.That((tape.RecordCount, v.Gradient!.Value.Item()), Is.EqualTo((0, 60.0)));
    }

    [Test]
    public void A_hook_that_breaks_the_rules_is_refused_with_its_variable()
    {
        using Tensor x = Scalar(2), two = Tensor.From(Device, [2], [1.0, 2]);
        using Tape tape = new(), other = new();
        Variable v = tape.Watch(x).Named("weight"), elsewhere = other.Constant(x), vector = tape.Constant(two);
        Func<Variable, Variable?>[] hooks =
        [
            gradient =>
            {
                gradient.Value.Assign(x);
                return gradient;
            },
            _ => vector,
            _ => elsewhere,
        ];
        string[] said = ["in place", "[2]", "another tape"];
        for (int i = 0; i < hooks.Length; i++)
        {
            using (v.OnGradient(hooks[i]))
            {
                Assert.That(
                    () => tape.Backward(v * 2),
                    Throws.TypeOf<GraphException>().With.Message.Contains("the hook on weight").And.Message.Contains(said[i]));
            }
        }

        tape.Backward(v * 2);
        Assert.That(v.Gradient!.Value.Item(), Is.EqualTo(2), "the tape goes on");
        Assert.That(() => vector.OnGradient(gradient => gradient), Throws.TypeOf<GraphException>().With.Message.Contains("tape.Watch"));
    }

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);
}

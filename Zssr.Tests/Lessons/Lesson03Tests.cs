using Zssr.Autograd;
using Zssr.Lessons;
using Zssr.Tensors;
using Zssr.Tests.Autograd.Checking;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 3: a function that can be differentiated.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson03), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson03), Category = "Lesson03")]
public sealed class Lesson03Tests<T>
    where T : ILesson03
{
    private static readonly double[] Values = [-3, -1, -0.25, 0.5, 2, 8];

    [Test]
    [WaitsWhileBlank]
    public void Values_are_right()
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [6], Values);
        using var tape = new Tape();
        Assert.That(
            T.Softsign(tape.Watch(x)).Value.ToDoubles(), Is.EqualTo(Values.Select(v => v / (1 + Math.Abs(v)))).Within(1e-15));
    }

    [Test]
    [WaitsWhileBlank]
    public void Gradients_are_right()
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [6], Values);
        Func<Variable, Variable> softsign = T.Softsign;
        Assert.That(softsign, Gradients.AreCorrectAt(x));
    }

    [Test]
    [WaitsWhileBlank]
    public void Second_derivatives_come_by_themselves()
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [6], Values);
        Func<Variable, Variable> softsign = T.Softsign;
        Assert.That(softsign, Gradients.AreCorrectAt(x).ToOrder(2));
    }

    [Test]
    [WaitsWhileBlank]
    public void The_backward_pass_is_its_own()
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [6], Values);
        using var tape = new Tape();
        T.Softsign(tape.Watch(x));
        Assert.That(tape.RecordCount, Is.EqualTo(1), "functions on the tape: one function, not several that exist already");
    }
}

using Zssr.Lessons;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 7: learning.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson07), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson07), Category = "Lesson07")]
public sealed class Lesson07Tests<T>
    where T : ILesson07
{
    [Test]
    [WaitsWhileBlank]
    public void The_first_step_is_as_large_as_the_rate_whatever_the_gradient()
    {
        foreach (double gradient in new[] { 1000, 1, 0.001 })
            Assert.That(T.Adam(2, gradient, 0, 0, step: 1, rate: 0.1).Weight, Is.EqualTo(1.9).Within(1e-5));
    }

    [Test]
    [WaitsWhileBlank]
    public void Steps_are_those_of_the_engine()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor w = Tensor.From(device, [1], [2.0]), m = Tensor.From(device, [1], [0.0]), v = Tensor.From(device, [1], [0.0]);
        (double Weight, double Mean, double Square) state = (2, 0, 0);
        for (int step = 1; step <= 20; step++)
        {
            double gradient = Math.Cos(step) * step;
            using Tensor g = Tensor.From(device, [1], [gradient]);
            AdamUpdate.Apply(w, g, m, v, step, 0.05);
            state = T.Adam(state.Weight, gradient, state.Mean, state.Square, step, 0.05);
            Assert.That(state.Weight, Is.EqualTo(w.Item()).Within(1e-12), $"step {step}");
            Assert.That(state.Mean, Is.EqualTo(m.Item()).Within(1e-12));
            Assert.That(state.Square, Is.EqualTo(v.Item()).Within(1e-12));
        }
    }

    [Test]
    [WaitsWhileBlank]
    public void It_finds_the_bottom_of_a_bowl()
    {
        (double Weight, double Mean, double Square) state = (-5, 0, 0);
        for (int step = 1; step <= 2000; step++)
            state = T.Adam(state.Weight, 2 * (state.Weight - 3), state.Mean, state.Square, step, 0.05);
        Assert.That(state.Weight, Is.EqualTo(3).Within(1e-3));
    }
}

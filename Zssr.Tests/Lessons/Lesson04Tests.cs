using Zssr.Lessons;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 4: is the gradient right?</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson04), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson04), Category = "Lesson04")]
public sealed class Lesson04Tests<T>
    where T : ILesson04
{
    [Test]
    [WaitsWhileBlank]
    public void Each_element_has_its_own_derivative()
    {
        double[] x = [0.5, -1.5, 2];
        double[] gradient = T.Gradient(v => v[0] * v[1] + Math.Sin(v[2]), x, 1e-6);
        Assert.That(gradient, Is.EqualTo(new[] { -1.5, 0.5, Math.Cos(2) }).Within(1e-8));
        Assert.That(x, Is.EqualTo(new[] { 0.5, -1.5, 2 }), "x must be left as it was");
    }

    // The error of central differences of x³ is ε² exactly; one-sided ones have 3xε.
    [Test]
    [WaitsWhileBlank]
    public void Differences_are_central()
    {
        Assert.That(T.Gradient(v => v[0] * v[0] * v[0], [2], 0.1)[0], Is.EqualTo(12 + 0.01).Within(1e-9));
    }
}

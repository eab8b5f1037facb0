using Zssr.Lessons;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 10: the same with fewer multiplications.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson10), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson10), Category = "Lesson10")]
public sealed class Lesson10Tests<T>
    where T : ILesson10
{
    [Test]
    [WaitsWhileBlank]
    public void Two_outputs_are_those_of_the_definition_for_four_multiplications()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 100; trial++)
        {
            double[] d = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5)], g = [.. Enumerable.Range(0, 3).Select(_ => random.NextDouble() - 0.5)];
            Counted[] u = T.Transform([.. g.Select(value => new Counted(value))]);
            int before = Counted.Multiplications;
            (Counted first, Counted second) = T.TwoOutputs([.. d.Select(value => new Counted(value))], u);
            Assert.That(Counted.Multiplications - before, Is.EqualTo(4));
            Assert.That(first.Value, Is.EqualTo(d[0] * g[0] + d[1] * g[1] + d[2] * g[2]).Within(1e-14));
            Assert.That(second.Value, Is.EqualTo(d[1] * g[0] + d[2] * g[1] + d[3] * g[2]).Within(1e-14));
        }
    }

    [Test]
    [WaitsWhileBlank]
    public void Four_numbers_are_kept_for_three_weights() =>
        Assert.That(T.Transform([new Counted(1), new Counted(2), new Counted(3)]), Has.Length.EqualTo(4));
}

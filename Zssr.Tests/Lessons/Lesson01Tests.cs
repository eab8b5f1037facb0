using Zssr.Lessons;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 1: a tensor is a block of numbers.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson01), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson01), Category = "Lesson01")]
public sealed class Lesson01Tests<T>
    where T : ILesson01
{
    private static readonly int[] Shape = [2, 3, 5, 4];

    [Test]
    [WaitsWhileBlank]
    public void Elements_lie_one_after_the_other_the_last_axis_fastest()
    {
        int place = 0;
        for (int n = 0; n < Shape[0]; n++)
        {
            for (int y = 0; y < Shape[1]; y++)
            {
                for (int x = 0; x < Shape[2]; x++)
                {
                    for (int c = 0; c < Shape[3]; c++)
                        Assert.That(T.Offset(Shape, [n, y, x, c]), Is.EqualTo(place++), $"[{n}, {y}, {x}, {c}]");
                }
            }
        }
    }

    [Test]
    [WaitsWhileBlank]
    public void The_way_back_ends_where_it_began()
    {
        int[] seen = [.. Enumerable.Range(0, 120).Select(place => T.Index(Shape, place)).Select(i => ((i[0] * 3 + i[1]) * 5 + i[2]) * 4 + i[3])];
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 120)));
    }

    [Test]
    [WaitsWhileBlank]
    public void Any_number_of_axes_will_do()
    {
        Assert.That(T.Offset([], []), Is.Zero, "a single number");
        Assert.That(T.Offset([7], [4]), Is.EqualTo(4));
        Assert.That(T.Index([3, 7], 18), Is.EqualTo(new[] { 2, 4 }));
    }
}

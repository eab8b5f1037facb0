namespace Zssr.Lessons.Exercises;

public sealed class Lesson10 : ILesson10
{
    public static Counted[] Transform(IReadOnlyList<Counted> g) => throw new NotDoneException(10);

    public static (Counted First, Counted Second) TwoOutputs(IReadOnlyList<Counted> d, IReadOnlyList<Counted> u) =>
        throw new NotDoneException(10);
}

namespace Zssr.Lessons.Exercises;

public sealed class Lesson07 : ILesson07
{
    public static (double Weight, double Mean, double Square) Adam(
        double weight, double gradient, double mean, double square, int step, double rate) => throw new NotDoneException(7);
}

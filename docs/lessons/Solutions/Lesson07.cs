namespace Zssr.Lessons.Solutions;

public sealed class Lesson07 : ILesson07
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    public static (double Weight, double Mean, double Square) Adam(
        double weight, double gradient, double mean, double square, int step, double rate)
    {
        mean = Beta1 * mean + (1 - Beta1) * gradient;
        square = Beta2 * square + (1 - Beta2) * gradient * gradient;
        // Both began at 0; these divisions make up for it.
        double fairMean = mean / (1 - Math.Pow(Beta1, step)), fairSquare = square / (1 - Math.Pow(Beta2, step));
        return (weight - rate * fairMean / (Math.Sqrt(fairSquare) + Epsilon), mean, square);
    }
}

namespace Zssr.Lessons.Solutions;

public sealed class Lesson04 : ILesson04
{
    public static double[] Gradient(Func<double[], double> f, double[] x, double epsilon)
    {
        var gradient = new double[x.Length];
        double[] moved = [.. x];
        for (int i = 0; i < x.Length; i++)
        {
            moved[i] = x[i] + epsilon;
            double above = f(moved);
            moved[i] = x[i] - epsilon;
            double below = f(moved);
            moved[i] = x[i];
            gradient[i] = (above - below) / (2 * epsilon);
        }

        return gradient;
    }
}

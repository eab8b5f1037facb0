namespace Zssr.Lessons;

/// <summary>Lesson 4: is the gradient right?</summary>
public interface ILesson04
{
    /// <summary>The gradient of f at x by central differences: (f(x + ε eᵢ) − f(x − ε eᵢ)) / 2ε for each i. x is left as it was.</summary>
    static abstract double[] Gradient(Func<double[], double> f, double[] x, double epsilon);
}

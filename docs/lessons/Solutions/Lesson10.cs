namespace Zssr.Lessons.Solutions;

public sealed class Lesson10 : ILesson10
{
    public static Counted[] Transform(IReadOnlyList<Counted> g) =>
        [g[0], Counted.Half(g[0] + g[1] + g[2]), Counted.Half(g[0] - g[1] + g[2]), g[2]];

    public static (Counted First, Counted Second) TwoOutputs(IReadOnlyList<Counted> d, IReadOnlyList<Counted> u)
    {
        Counted m0 = (d[0] - d[2]) * u[0], m1 = (d[1] + d[2]) * u[1], m2 = (d[2] - d[1]) * u[2], m3 = (d[1] - d[3]) * u[3];
        return (m0 + m1 + m2, m1 - m2 - m3);
    }
}

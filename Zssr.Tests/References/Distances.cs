namespace Zssr.Tests.References;

/// <summary>
/// How far numbers are from those they should be. A NaN is infinitely far from a number: LINQ's Max would pass over it, and NUnit's
/// Is.LessThan takes it for less than every number.
/// </summary>
public static class Distances
{
    /// <summary>max |aᵢ − bᵢ|; 0 of no numbers.</summary>
    public static double Largest(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        RequireSameLength(a, b);
        return a.Zip(b, (x, y) => Math.Abs(x - y)).Select(FarIfNaN).DefaultIfEmpty(0).Max();
    }

    /// <inheritdoc cref="Largest(IReadOnlyCollection{double}, IReadOnlyCollection{double})"/>
    public static double Largest(IReadOnlyCollection<float> a, IReadOnlyCollection<float> b) => Largest(Doubles(a), Doubles(b));

    /// <summary>The relative L2 distance ‖a − b‖ / ‖b‖; 0 where the two are equal, be they all zero.</summary>
    public static double RelativeL2(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        RequireSameLength(a, b);
        double distance = a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
        return distance == 0 ? 0 : FarIfNaN(Math.Sqrt(distance / b.Sum(y => y * y)));
    }

    private static double FarIfNaN(double distance) => double.IsNaN(distance) ? double.PositiveInfinity : distance;

    private static double[] Doubles(IReadOnlyCollection<float> numbers) => [.. numbers.Select(number => (double)number)];

    private static void RequireSameLength<T>(IReadOnlyCollection<T> a, IReadOnlyCollection<T> b) =>
        Assert.That(a, Has.Count.EqualTo(b.Count), "as many numbers");
}

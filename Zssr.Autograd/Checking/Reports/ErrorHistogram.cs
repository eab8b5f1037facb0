namespace Zssr.Autograd.Checking;

/// <summary>How many comparisons came out how well: counts of error / tolerance by powers of ten.</summary>
public sealed class ErrorHistogram
{
    private const int SmallestExponent = -6, LargestExponent = 3;

    private readonly int[] _counts = new int[LargestExponent - SmallestExponent + 2];

    /// <summary>
    /// The upper bounds of the bins, 10⁻⁶ to 10³, and infinity. A bin holds what is above the bound before it, and at most its own.
    /// </summary>
    public static IReadOnlyList<double> Bounds { get; } =
    [
        .. Enumerable.Range(SmallestExponent, LargestExponent - SmallestExponent + 1).Select(e => Math.Pow(10, e)),
        double.PositiveInfinity,
    ];

    /// <summary>How many comparisons are in each bin.</summary>
    public IReadOnlyList<int> Counts => _counts;

    internal void Add(double severity)
    {
        int bin = 0;
        while (severity > Bounds[bin])
            bin++;
        _counts[bin]++;
    }
}

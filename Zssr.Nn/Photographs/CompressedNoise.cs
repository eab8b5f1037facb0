namespace Zssr.Nn;

/// <summary>
/// The noise that a picture had before it was compressed. Quantisation has taken it away where steps are large, and left it where they are
/// small: in flat blocks, the share of coefficients that were rounded to 0 tells its strength. With normal noise of deviation σ a
/// coefficient becomes 0 with the probability erf(q / (2√2 σ)), and σ is where the expected number of zeros is the one found.
/// </summary>
internal static class CompressedNoise
{
    private const int Side = JpegCompression.Side;
    private const int LowestFrequency = 2, HighestFrequency = 6;

    // The flattest blocks are measured, and more of them must not show much more: texture does.
    private const double FlatShare = 0.1, FlattestShare = 0.04, MostGrowth = 1.3;
    private const int FewestFlat = 12;
    private const double MostTilt = 1.25, FewestNotZero = 0.5, MostSpread = 1.3;
    private const double TypicalDeviation = 3;
    // In Y, as much as 2.5 and 10 levels in each colour: rounding alone looks like less, and dense texture like more.
    private const double LeastDeviation = 1.67, MostDeviation = 6.7;

    /// <summary>The deviation in the brightness Y, with values 0…1; null where too small a picture or texture everywhere hides it.</summary>
    /// <param name="blocks">The brightness on the grid of its blocks.</param>
    /// <param name="steps">By which its coefficients were divided.</param>
    public static double? Of(BlockCoefficients blocks, IReadOnlyList<int> steps)
    {
        int[] byDetail = [.. Enumerable.Range(0, blocks.Count).OrderBy(block => Detail(blocks, block))];
        int[] flat = byDetail[..(int)(FlatShare * blocks.Count)], flattest = byDetail[..(int)(FlattestShare * blocks.Count)];
        if (flattest.Length < FewestFlat)
            return null;
        double deviation = Deviation(blocks, flattest, steps, LowestFrequency, HighestFrequency);
        bool isEverywhere = Deviation(blocks, flat, steps, LowestFrequency, HighestFrequency) <= MostGrowth * deviation;
        return deviation is >= LeastDeviation and <= MostDeviation && isEverywhere && IsWhite(blocks, flattest, steps) && AreAlike(blocks, flattest, steps, deviation)
            ? deviation / 255 : null;
    }

    /// <summary>
    /// Whether lower frequencies show as much as higher ones, as noise does and texture doesn't; also where so little would be left of
    /// noise in the higher ones that it cannot be known.
    /// </summary>
    private static bool IsWhite(BlockCoefficients blocks, int[] flat, IReadOnlyList<int> steps)
    {
        const int Middle = (LowestFrequency + HighestFrequency) / 2;
        double low = Deviation(blocks, flat, steps, LowestFrequency, Middle - 1);
        double high = Deviation(blocks, flat, steps, Middle, HighestFrequency);
        int[] upper = Between(Middle, HighestFrequency);
        return low <= MostTilt * high || upper.Length - ExpectedZeros(upper, steps, low) < FewestNotZero;
    }

    /// <summary>
    /// Whether the blocks differ in their numbers of zeros as those of noise do, which are sums of independent draws: the middle half spans
    /// 1.35 deviations. Blocks of texture differ more.
    /// </summary>
    private static bool AreAlike(BlockCoefficients blocks, int[] flat, IReadOnlyList<int> steps, double deviation)
    {
        int[] used = Between(LowestFrequency, HighestFrequency);
        int[] zeros = Zeros(blocks, flat, steps, used);
        double variance = used.Sum(i => ExpectedZeros([i], steps, deviation) * (1 - ExpectedZeros([i], steps, deviation)));
        return zeros[^(zeros.Length / 4)] - zeros[zeros.Length / 4] <= MostSpread * 1.35 * Math.Sqrt(variance) + 1;
    }

    /// <summary>How many of some coefficients are small in each block, in rising order.</summary>
    private static int[] Zeros(BlockCoefficients blocks, int[] flat, IReadOnlyList<int> steps, int[] used) =>
        [.. flat.Select(block => used.Count(i => Math.Abs(blocks[block][i]) < Limit(steps[i]))).Order()];

    /// <summary>How much there is to see in a block, by what no other coefficient of the estimate depends on if it is noise.</summary>
    private static double Detail(BlockCoefficients blocks, int block)
    {
        ReadOnlySpan<float> coefficients = blocks[block];
        double sum = 0;
        for (int i = 1; i < coefficients.Length; i++)
        {
            if (i / Side + i % Side is < LowestFrequency or > HighestFrequency)
                sum += coefficients[i] * coefficients[i];
        }

        foreach (int other in new[] { block - 1, block + 1, block - blocks.Columns, block + blocks.Columns })
        {
            if (other >= 0 && other < blocks.Count)
                sum += Math.Pow(coefficients[0] - blocks[other][0], 2) / Side;
        }

        return sum;
    }

    /// <summary>The deviation that explains the zeros among coefficients of some frequencies u + v, in levels of 255.</summary>
    private static double Deviation(BlockCoefficients blocks, int[] flat, IReadOnlyList<int> steps, int lowest, int highest)
    {
        int[] used = Between(lowest, highest);
        int[] zeros = Zeros(blocks, flat, steps, used);
        double mean = zeros[(zeros.Length / 4)..(zeros.Length - zeros.Length / 4)].Average(); // a few blocks with texture change nothing
        (double low, double high) = (0.05, 80);
        for (int step = 0; step < 40; step++) // the fewer zeros, the more noise
        {
            double deviation = (low + high) / 2;
            (low, high) = ExpectedZeros(used, steps, deviation) > mean ? (deviation, high) : (low, deviation);
        }

        return low;
    }

    private static int[] Between(int lowest, int highest) =>
        [.. Enumerable.Range(0, JpegCompression.Steps).Where(i => i / Side + i % Side >= lowest && i / Side + i % Side <= highest)];

    private static double ExpectedZeros(int[] used, IReadOnlyList<int> steps, double deviation) =>
        used.Sum(i => Erf(Limit(steps[i]) / (Math.Sqrt(2) * deviation)));

    /// <summary>
    /// What counts as small: the border between two multiples of the step that is nearest to what noise to be found has. Half a step, the
    /// border of 0, is exceeded always where steps are small.
    /// </summary>
    private static double Limit(int step) => (Math.Max(Math.Round(TypicalDeviation / step - 0.5), 0) + 0.5) * step;

    /// <summary>The error function of x ≥ 0, to 1.5e-7 (Abramowitz and Stegun, formula 7.1.26).</summary>
    private static double Erf(double x)
    {
        double t = 1 / (1 + 0.3275911 * x);
        double sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return 1 - sum * Math.Exp(-x * x);
    }
}

namespace Zssr.App.Images.Formats;

/// <summary>
/// From the 64 coefficients of a block to its samples: the inverse cosine transform of all columns, then of all rows, in whole numbers. Of
/// 8 coefficients F(u) it makes f(x) = Σ F(u) · c(u) · cos((2x + 1)uπ/16), with c(0) = 1 and √2 for the others; twice that is 8 times
/// the samples.
/// </summary>
/// <remarks>
/// Source: ITU-T T.81, section A.3.3, and figure A.6 for the zigzag. The factors are those sums of 13-bit constants, and the rounding is
/// that, by which C. Loeffler, A. Ligtenberg and G. Moschytz's transform ("Practical fast 1-D DCT algorithms with 11 multiplications",
/// 1989) is computed by libjpeg's slow integer method, so that the samples are the same to the last bit.
/// </remarks>
internal static class JpegTransform
{
    private const int Side = 8, FactorBits = 13, BitsBetween = 2; // more precision between the passes

    // Factors times 2^13: of even coefficients 2 and 6, and of the odd ones for f(0)…f(3); f(7)…f(4) are the same with odd ones negated.
    private const int Two = 4433 + 6270, TwoLess = 4433, Six = 4433 - 15137;
    private const int A = 11363, B = 9633, C = 6437, D = 2260;

    /// <summary>Where the coefficients of a file belong: diagonal by diagonal, to and fro. Row · 8 + column.</summary>
    private static readonly int[] Zigzag = [.. Enumerable.Range(0, 2 * Side - 1).SelectMany(Diagonal)];

    /// <summary>Steps in the order of the file, row by row; a step of 0, which some files have where all coefficients are 0, as 1.</summary>
    public static int[] InRows(ReadOnlySpan<int> steps)
    {
        int[] rows = new int[steps.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[Zigzag[i]] = Math.Max(steps[i], 1);
        return rows;
    }

    /// <summary>Transforms one block.</summary>
    /// <param name="block">The coefficients in the order of the file, divided by their steps.</param>
    /// <param name="steps">The steps, in the same order.</param>
    /// <param name="samples">Takes the samples, 0…255.</param>
    /// <param name="stride">Samples from a row to the next.</param>
    public static void Apply(ReadOnlySpan<short> block, ReadOnlySpan<int> steps, Span<byte> samples, int stride)
    {
        Span<int> values = stackalloc int[Side * Side];
        for (int i = 0; i < values.Length; i++)
            values[Zigzag[i]] = block[i] * steps[i];
        for (int column = 0; column < Side; column++)
        {
            if (!IsFlat(values[column..]))
                Transform(values[column..], Side, FactorBits - BitsBetween);
        }

        for (int row = 0; row < Side; row++)
        {
            Span<int> line = values[(row * Side)..];
            Transform(line, 1, FactorBits + BitsBetween + 3);
            for (int column = 0; column < Side; column++)
                samples[row * stride + column] = (byte)Math.Clamp(line[column] + 128, 0, 255);
        }
    }

    /// <summary>Transforms a column without coefficients but the first, as many are: all are 4 times that; else false.</summary>
    private static bool IsFlat(Span<int> f)
    {
        if ((f[8] | f[16] | f[24] | f[32] | f[40] | f[48] | f[56]) != 0)
            return false;
        int value = f[0] << BitsBetween;
        for (int row = 0; row < Side; row++)
            f[row * Side] = value;
        return true;
    }

    /// <summary>Eight values in place, rounded to so many bits less than the factors give.</summary>
    private static void Transform(Span<int> f, int step, int shift)
    {
        (int f0, int f1, int f2, int f3) = (f[0], f[step], f[2 * step], f[3 * step]);
        (int f4, int f5, int f6, int f7) = (f[4 * step], f[5 * step], f[6 * step], f[7 * step]);
        int half = 1 << (shift - 1);
        int sum = ((f0 + f4) << FactorBits) + half, difference = ((f0 - f4) << FactorBits) + half;
        int outer = f2 * Two + f6 * TwoLess, inner = f2 * TwoLess + f6 * Six;
        // 2259, 2261, 11362 and 6436 are D, A and C with the rounding errors of the constants that they are sums of.
        Put(f, step, 0, shift, sum + outer, f1 * A + f3 * B + f5 * C + f7 * D);
        Put(f, step, 1, shift, difference + inner, f1 * B - f3 * 2259 - f5 * 11362 - f7 * 6436);
        Put(f, step, 2, shift, difference - inner, f1 * C - f3 * 11362 + f5 * 2261 + f7 * B);
        Put(f, step, 3, shift, sum - outer, f1 * D - f3 * 6436 + f5 * B - f7 * A);
    }

    private static void Put(Span<int> f, int step, int x, int shift, int even, int odd)
    {
        f[x * step] = (even + odd) >> shift;
        f[(Side - 1 - x) * step] = (even - odd) >> shift;
    }

    private static IEnumerable<int> Diagonal(int sum)
    {
        IEnumerable<int> rows = Enumerable.Range(0, Side).Where(row => sum - row is >= 0 and < Side);
        return (sum % 2 == 0 ? rows.Reverse() : rows).Select(row => row * Side + sum - row);
    }
}

namespace Zssr.Nn;

/// <summary>Guesses where the blocks of a picture begin that may have been a JPEG file.</summary>
internal static class BlockGrid
{
    private const int Side = JpegCompression.Side;

    /// <summary>The places that are worth a closer look: where blocks begin in a file, and where borders between blocks show most.</summary>
    public static IReadOnlyList<(int Top, int Left)> Candidates(float[] brightness, int height, int width)
    {
        (int Top, int Left) seen = (
            StrongestBorder(height, width, (row, column) => brightness[row * width + column]),
            StrongestBorder(width, height, (column, row) => brightness[row * width + column]));
        return seen == (0, 0) ? [seen] : [(0, 0), seen];
    }

    /// <summary>
    /// Along lines across the borders: which of the 8 places has the greatest mean of |d − (d₋ + d₊)/2|, where d is the difference of two
    /// neighbours and d₋, d₊ are those before and after it.
    /// </summary>
    private static int StrongestBorder(int length, int lines, Func<int, int, float> value)
    {
        Span<double> sums = stackalloc double[Side];
        for (int line = 0; line < lines; line += 2)
        {
            for (int i = 2; i + 1 < length; i++)
            {
                float before = value(i - 1, line) - value(i - 2, line), at = value(i, line) - value(i - 1, line);
                float after = value(i + 1, line) - value(i, line);
                // Edges of the scene, which are larger than those of blocks, count no more than these.
                sums[i % Side] += Math.Min(Math.Abs(at - (before + after) / 2), 0.03f);
            }
        }

        int best = 0;
        for (int place = 1; place < Side; place++)
        {
            if (sums[place] > sums[best])
                best = place;
        }

        return best;
    }
}

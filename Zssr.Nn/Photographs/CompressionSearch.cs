namespace Zssr.Nn;

/// <summary>
/// Finds out from the pixels alone whether a picture has been a JPEG file: on the grid of its blocks, coefficients are multiples of the
/// steps by which they were divided.
/// </summary>
/// <remarks>
/// How well coefficients c agree with steps q says the mean of cos(2πc/q) over those that are not rounded to 0: 1 for multiples, about 0 for
/// a picture that has never been compressed so. Only the tables of <see cref="JpegCompression.OfQuality"/> are tried. Source of the idea:
/// Z. Fan, R. de Queiroz, "Identification of bitmap compression history: JPEG detection and quantizer estimation", IEEE Transactions on
/// Image Processing 12(2), 2003.
/// </remarks>
internal static class CompressionSearch
{
    private const int Side = JpegCompression.Side;
    private const int LowestQuality = 5, HighestQuality = 96;
    private const int RowsToLookAt = 16;
    private const int FewestCoefficients = 8, FewestFrequencies = 5, FewestBlocks = 32;
    private const int SmallestStep = 2; // bytes round off too much for a step of 1 to show
    private const double LeastAgreement = 0.4;

    /// <summary>What the picture was compressed with; null where it shows nothing of it.</summary>
    public static JpegCompression? Find(HostImage image)
    {
        float[] brightness = image.Brightness();
        foreach ((int top, int left) in BlockGrid.Candidates(brightness, image.Height, image.Width))
        {
            BlockCoefficients blocks = At(top, left);
            if (DistinctBlocks(blocks) < FewestBlocks)
                continue;
            BlockCoefficients between = At((top + Side / 2) % Side, (left + Side / 2) % Side);
            (double agreement, int quality) = Enumerable.Range(LowestQuality, HighestQuality - LowestQuality + 1)
                .Select(tried => (Agreement(blocks, JpegCompression.OfQuality(tried).Luma), tried)).Max();
            // A drawing of few values agrees with many steps, but on any grid.
            if (agreement >= LeastAgreement && Agreement(between, JpegCompression.OfQuality(quality).Luma) < agreement / 2)
                return Of(image, quality, top, left);
        }

        return null;

        BlockCoefficients At(int top, int left) =>
            BlockCoefficients.Of(brightness, image.Height, image.Width, top, left, RowsToLookAt);
    }

    /// <summary>Where the blocks of a picture begin that was compressed with these steps.</summary>
    public static (int Top, int Left) GridOf(float[] brightness, int height, int width, IReadOnlyList<int> steps) =>
        BlockGrid.Candidates(brightness, height, width).MaxBy(place =>
            Agreement(BlockCoefficients.Of(brightness, height, width, place.Top, place.Left, RowsToLookAt), steps));

    /// <summary>
    /// The mean of cos(2πc/q) over coefficients that are no 0, each frequency by itself, and then over frequencies; 0 where there are too few.
    /// </summary>
    public static double Agreement(BlockCoefficients blocks, IReadOnlyList<int> steps)
    {
        double sum = 0;
        int frequencies = 0;
        for (int i = 1; i < JpegCompression.Steps; i++)
        {
            if (steps[i] < SmallestStep)
                continue;
            (double ofFrequency, int count) = (0, 0);
            for (int block = 0; block < blocks.Count; block++)
            {
                float coefficient = blocks[block][i];
                if (Math.Abs(coefficient) < 0.6f * steps[i])
                    continue;
                ofFrequency += Math.Cos(Math.Tau * coefficient / steps[i]);
                count++;
            }

            if (count < FewestCoefficients)
                continue;
            sum += ofFrequency / count;
            frequencies++;
        }

        return frequencies < FewestFrequencies ? 0 : sum / frequencies;
    }

    /// <summary>How many blocks differ from each other and have more than a mean: a drawing can agree with steps by chance in a few.</summary>
    private static int DistinctBlocks(BlockCoefficients blocks)
    {
        var seen = new HashSet<(int, int, int, int)>();
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<float> f = blocks[block];
            (int, int, int, int) rounded = ((int)f[1], (int)f[Side], (int)f[2], (int)f[2 * Side]);
            if (rounded != (0, 0, 0, 0))
                seen.Add(rounded);
        }

        return seen.Count;
    }

    /// <summary>With colours stored at full size if their blocks agree with the steps too; at half of it, as is usual, otherwise.</summary>
    private static JpegCompression Of(HostImage image, int quality, int top, int left)
    {
        var full = JpegCompression.OfQuality(quality, down: 1, across: 1);
        if (image.Channels != 3)
            return full;
        var blocks = BlockCoefficients.Of(image.BlueDifference(), image.Height, image.Width, top, left, RowsToLookAt);
        return Agreement(blocks, full.BlueDifference) >= LeastAgreement ? full : JpegCompression.OfQuality(quality);
    }
}

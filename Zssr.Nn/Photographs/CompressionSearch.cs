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
    private const int FewestCoefficients = 100;
    private const int SmallestStep = 2; // bytes round off too much for a step of 1 to show
    private const double LeastAgreement = 0.4;

    /// <summary>What the picture was compressed with; null where it shows nothing of it.</summary>
    public static JpegCompression? Find(HostImage image)
    {
        float[] brightness = image.Brightness();
        if (Best(BlockCoefficients.Of(brightness, image.Height, image.Width, 0, 0, RowsToLookAt)) is { } quality)
            return Of(image, quality, 0, 0);
        (int top, int left) = GridOf(brightness, image.Height, image.Width);
        return Best(BlockCoefficients.Of(brightness, image.Height, image.Width, top, left, RowsToLookAt)) is { } other
            ? Of(image, other, top, left) : null;
    }

    /// <summary>Where the grid of blocks begins: where most of the high frequencies are 0.</summary>
    public static (int Top, int Left) GridOf(float[] brightness, int height, int width)
    {
        (double most, int best) = (-1, 0);
        for (int place = 0; place < Side * Side; place++)
        {
            var blocks = BlockCoefficients.Of(brightness, height, width, place / Side, place % Side, RowsToLookAt);
            double share = ShareOfZeros(blocks);
            if (share > most)
                (most, best) = (share, place);
        }

        return (best / Side, best % Side);
    }

    /// <summary>The mean of cos(2πc/q) over coefficients that are no 0; 0 where there are too few.</summary>
    public static double Agreement(BlockCoefficients blocks, IReadOnlyList<int> steps)
    {
        (double sum, int count) = (0, 0);
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<float> coefficients = blocks[block];
            for (int i = 1; i < coefficients.Length; i++)
            {
                if (steps[i] < SmallestStep || Math.Abs(coefficients[i]) < 0.6f * steps[i])
                    continue;
                sum += Math.Cos(Math.Tau * coefficients[i] / steps[i]);
                count++;
            }
        }

        return count < FewestCoefficients ? 0 : sum / count;
    }

    private static int? Best(BlockCoefficients blocks)
    {
        (double Agreement, int Quality) best = Enumerable.Range(LowestQuality, HighestQuality - LowestQuality + 1)
            .Select(quality => (Agreement(blocks, JpegCompression.OfQuality(quality).Luma), quality)).Max();
        return best.Agreement >= LeastAgreement ? best.Quality : null;
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

    private static double ShareOfZeros(BlockCoefficients blocks)
    {
        const float Zero = 0.7f;
        (int zeros, int count) = (0, 0);
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<float> coefficients = blocks[block];
            for (int i = Side; i < coefficients.Length; i++)
            {
                if (i / Side + i % Side < Side - 3)
                    continue;
                count++;
                zeros += Math.Abs(coefficients[i]) < Zero ? 1 : 0;
            }
        }

        return count == 0 ? 0 : (double)zeros / count;
    }
}

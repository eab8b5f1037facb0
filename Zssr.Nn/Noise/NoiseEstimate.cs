namespace Zssr.Nn;

/// <summary>
/// The noise of a picture that has not been compressed, estimated in its flat parts: σ = median |d| / 0.6745 of their diagonal Haar
/// coefficients d, which is the standard deviation of normal noise and which few edges among them do not change.
/// </summary>
/// <remarks>Source: D. Donoho, I. Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika 81(3), 1994.</remarks>
internal static class NoiseEstimate
{
    /// <summary>Fewer regions than these say nothing.</summary>
    public const int FewestRegions = 48;

    private const double MedianOfNormal = 0.6745;
    private const double Rounding = 1.0 / 12 / (255 * 255); // the variance of what bytes round off
    private const int Tones = 6, FewestTones = 4;

    /// <summary>The shares of regions that may be flat: the first that are is taken.</summary>
    private static readonly double[] FlatShares = [0.1, 0.05, 0.025, 0.01];

    /// <summary>Fewer flat regions than these, of 16 coefficients each, are not enough.</summary>
    private const int FewestFlat = 8;

    /// <summary>
    /// How much larger than the diagonal coefficients the others may be where it is noise that all three show. Texture has more of the
    /// others, as its spectrum falls.
    /// </summary>
    private const double MostDetail = 1.12;

    /// <summary>The noise of each channel; null where the picture is too small, or has texture everywhere.</summary>
    public static NoiseLevel[]? Of(HostImage image)
    {
        var levels = new NoiseLevel[image.Channels];
        for (int c = 0; c < levels.Length; c++)
        {
            List<FlatParts.Region> regions = FlatParts.Of(image.Channel(c), image.Height, image.Width);
            if (regions.Count < FewestRegions)
                return null;
            if (WithSlope(regions) is { } sloped)
                levels[c] = sloped;
            else if (Measure(regions) is { } measured)
                levels[c] = new NoiseLevel(measured.Deviation);
            else
                return null;
        }

        return levels;
    }

    /// <summary>
    /// A line through the noise of darker and brighter parts, where there are enough of them and it rises with the light: by more than half
    /// of its mean from black to white, and by more than it strays from the line.
    /// </summary>
    private static NoiseLevel? WithSlope(List<FlatParts.Region> regions)
    {
        var tones = regions.GroupBy(region => (int)(region.Mean * Tones))
            .Select(tone => Measure([.. tone])).OfType<(double Deviation, double Mean)>().Select(tone => (X: tone.Mean, Y: tone.Deviation)).ToArray();
        if (tones.Length < FewestTones)
            return null;
        double meanX = tones.Average(tone => tone.X), meanY = tones.Average(tone => tone.Y);
        double slope = tones.Sum(tone => (tone.X - meanX) * (tone.Y - meanY)) / tones.Sum(tone => (tone.X - meanX) * (tone.X - meanX));
        var level = new NoiseLevel(meanY - slope * meanX, slope);
        double astray = tones.Max(tone => Math.Abs(tone.Y - level.At(tone.X)));
        return slope > 0.5 * meanY && astray < 0.2 * meanY ? level : null;
    }

    /// <summary>σ of the flattest regions, and their mean value; null where none are flat.</summary>
    private static (double Deviation, double Mean)? Measure(List<FlatParts.Region> regions)
    {
        foreach (double share in FlatShares)
        {
            FlatParts.Region[] flat = [.. FlatParts.Flattest(regions, share)];
            if (flat.Length < FewestFlat)
                break;
            double squares = flat.Average(region => region.Diagonal.Average(d => (double)d * d));
            if (flat.Average(region => (double)region.Detail) > MostDetail * MostDetail * squares)
                continue;
            double deviation = Median([.. flat.SelectMany(region => region.Diagonal).Select(Math.Abs)]) / MedianOfNormal;
            return (Math.Sqrt(Math.Max(deviation * deviation - Rounding, 0)), flat.Average(region => (double)region.Mean));
        }

        return null;
    }

    /// <summary>
    /// The median of magnitudes that may be multiples of a step, as those of bytes are: equal ones are thought spread evenly to the middles
    /// between them and their neighbours.
    /// </summary>
    private static double Median(float[] magnitudes)
    {
        Array.Sort(magnitudes);
        float middle = magnitudes[magnitudes.Length / 2];
        int below = Array.FindIndex(magnitudes, magnitude => magnitude == middle);
        int above = Array.FindLastIndex(magnitudes, magnitude => magnitude == middle) + 1;
        double low = below == 0 ? 0 : (magnitudes[below - 1] + middle) / 2;
        double high = above == magnitudes.Length ? middle : (magnitudes[above] + middle) / 2;
        return low + (high - low) * (magnitudes.Length / 2.0 - below) / (above - below);
    }
}

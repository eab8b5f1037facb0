namespace Zssr.Nn;

/// <summary>
/// The regions of a channel in which there is least to see, with what they show of the noise: for each cell of 2 × 2 pixels the diagonal
/// Haar coefficient (a − b − c + d)/2.
/// </summary>
/// <remarks>
/// A region is the flatter, the smaller its horizontal and vertical Haar coefficients are. White noise has all three independent of each
/// other, so choosing by two of them does not change the third. Regions at the ends of the range are left out, for noise is cut off there.
/// </remarks>
internal static class FlatParts
{
    /// <summary>Rows and columns of a region, in pixels.</summary>
    public const int Side = 8;

    private const int Cells = Side / 2 * (Side / 2);
    private const float LeastMean = 0.03f, MostMean = 0.97f;

    /// <summary>What a region shows.</summary>
    /// <param name="Mean">Its mean value.</param>
    /// <param name="Detail">The mean square of its horizontal and vertical coefficients.</param>
    /// <param name="Diagonal">Its diagonal coefficients.</param>
    public sealed record Region(float Mean, float Detail, float[] Diagonal);

    /// <summary>All regions of a channel, without those at the ends of the range.</summary>
    public static List<Region> Of(float[] channel, int height, int width)
    {
        var regions = new List<Region>();
        for (int top = 0; top + Side <= height; top += Side)
        {
            for (int left = 0; left + Side <= width; left += Side)
            {
                Region region = At(channel, width, top, left);
                if (region.Mean is > LeastMean and < MostMean)
                    regions.Add(region);
            }
        }

        return regions;
    }

    /// <summary>The flattest share of some regions, at least one.</summary>
    public static IEnumerable<Region> Flattest(IReadOnlyCollection<Region> regions, double share) =>
        regions.OrderBy(region => region.Detail).Take(Math.Max((int)(regions.Count * share), 1));

    private static Region At(float[] channel, int width, int top, int left)
    {
        float[] diagonal = new float[Cells];
        float sum = 0, detail = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            int at = (top + cell / (Side / 2) * 2) * width + left + cell % (Side / 2) * 2;
            (float a, float b, float c, float d) = (channel[at], channel[at + 1], channel[at + width], channel[at + width + 1]);
            float horizontal = (a - b + c - d) / 2, vertical = (a + b - c - d) / 2;
            diagonal[cell] = (a - b - c + d) / 2;
            detail += horizontal * horizontal + vertical * vertical;
            sum += a + b + c + d;
        }

        return new Region(sum / (4 * Cells), detail / (2 * Cells), diagonal);
    }
}

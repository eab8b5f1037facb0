using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// SSIM (Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004). With means μ, variances σ²
/// and the covariance σab under a window around each pixel:
///     (2·μa·μb + C₁)·(2·σab + C₂) / ((μa² + μb² + C₁)·(σa² + σb² + C₂)),   C₁ = (0.01 · 255)²,   C₂ = (0.03 · 255)².
/// The window is a Gaussian of 11 × 11 weights, σ = 1.5, sum 1; only where all of it lies inside the image is there a result.
/// </summary>
public static class StructuralSimilarity
{
    /// <summary>Rows and columns of the window; images must not be smaller.</summary>
    public const int WindowSize = 11;

    private const double Sigma = 1.5, C1 = 0.01 * 255 * (0.01 * 255), C2 = 0.03 * 255 * (0.03 * 255);

    /// <summary>A row of the window: it is the product of one in each direction, so that 22 multiplications do for 121.</summary>
    private static readonly double[] WindowRow = GaussianRow();

    /// <summary>The mean over the (H − 10) × (W − 10) windows; symmetric in a and b, −1 … 1.</summary>
    /// <param name="a">H · W values 0…255, row by row.</param>
    /// <param name="b">As many.</param>
    /// <param name="height">H, 11 or more.</param>
    /// <param name="width">W, 11 or more.</param>
    /// <exception cref="ShapeException">A length is not H · W, or the image is smaller than the window.</exception>
    public static double Mean(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int height, int width)
    {
        if (height < WindowSize || width < WindowSize || a.Length != height * width || b.Length != a.Length)
        {
            throw new ShapeException(
                $"ssim: {a.Length} and {b.Length} values of images {height} × {width}; " +
                $"there must be one value per pixel, and {WindowSize} or more rows and columns.");
        }

        // The formula needs the sum of the variances only, so four images are filtered, not five.
        double[] squares = new double[a.Length], products = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            (squares[i], products[i]) = (a[i] * a[i] + b[i] * b[i], a[i] * b[i]);
        double[] meanA = Filter(a, height, width), meanB = Filter(b, height, width);
        double[] meanSquares = Filter(squares, height, width), meanProducts = Filter(products, height, width);
        double sum = 0;
        for (int i = 0; i < meanA.Length; i++)
        {
            double squaredMeans = meanA[i] * meanA[i] + meanB[i] * meanB[i], productOfMeans = meanA[i] * meanB[i];
            double luminance = (2 * productOfMeans + C1) / (squaredMeans + C1);
            double structure = (2 * (meanProducts[i] - productOfMeans) + C2) / (meanSquares[i] - squaredMeans + C2);
            sum += luminance * structure;
        }

        return sum / meanA.Length;
    }

    /// <summary>The weighted mean under every window that lies inside: [H, W] → [H − 10, W − 10]. Columns first, then rows.</summary>
    private static double[] Filter(ReadOnlySpan<double> x, int height, int width)
    {
        (int rows, int columns) = (height - WindowSize + 1, width - WindowSize + 1);
        double[] between = new double[width], result = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(between);
            for (int t = 0; t < WindowSize; t++)
                AddScaled(x.Slice((row + t) * width, width), WindowRow[t], between);
            Span<double> to = result.AsSpan(row * columns, columns);
            for (int t = 0; t < WindowSize; t++)
                AddScaled(between.AsSpan(t, columns), WindowRow[t], to);
        }

        return result;
    }

    /// <summary>to[i] += weight · x[i].</summary>
    private static void AddScaled(ReadOnlySpan<double> x, double weight, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += weight * x[i];
    }

    private static double[] GaussianRow()
    {
        double[] row = new double[WindowSize];
        for (int i = 0; i < WindowSize; i++)
            row[i] = Math.Exp(-(i - WindowSize / 2) * (i - WindowSize / 2) / (2 * Sigma * Sigma));
        double sum = row.Sum();
        return Array.ConvertAll(row, weight => weight / sum);
    }
}

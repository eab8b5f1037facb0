namespace Zssr.Tests.Nn.Quality;

/// <summary>SSIM from its definition: 121 weights around every pixel, variances as means of squared deviations.</summary>
internal static class PlainSsim
{
    /// <summary>The luma of the inner rectangle, from values of 8 bits.</summary>
    public static double[,] Plane(float[] image, int height, int width, int channels, int shave)
    {
        double[,] plane = new double[height - 2 * shave, width - 2 * shave];
        for (int i = 0; i < plane.GetLength(0); i++)
        {
            for (int j = 0; j < plane.GetLength(1); j++)
            {
                int at = ((i + shave) * width + j + shave) * channels;
                double Value(int c) => Math.Round(255 * (double)image[at + c]);
                plane[i, j] = channels == 1
                    ? Value(0)
                    : Math.Round(16 + 65.481 / 255 * Value(0) + 128.553 / 255 * Value(1) + 24.966 / 255 * Value(2));
            }
        }

        return plane;
    }

    /// <summary>The mean over all windows inside.</summary>
    public static double Of(double[,] a, double[,] b)
    {
        double total = 0, weights = 0;
        for (int i = -5; i <= 5; i++)
            for (int j = -5; j <= 5; j++)
                weights += Weight(i, j);
        int count = 0;
        for (int row = 5; row < a.GetLength(0) - 5; row++)
        {
            for (int column = 5; column < a.GetLength(1) - 5; column++, count++)
            {
                double Mean(Func<int, int, double> value)
                {
                    double sum = 0;
                    for (int i = -5; i <= 5; i++)
                        for (int j = -5; j <= 5; j++)
                            sum += Weight(i, j) / weights * value(row + i, column + j);
                    return sum;
                }

                double meanA = Mean((i, j) => a[i, j]), meanB = Mean((i, j) => b[i, j]);
                double varianceA = Mean((i, j) => (a[i, j] - meanA) * (a[i, j] - meanA));
                double varianceB = Mean((i, j) => (b[i, j] - meanB) * (b[i, j] - meanB));
                double covariance = Mean((i, j) => (a[i, j] - meanA) * (b[i, j] - meanB));
                total += (2 * meanA * meanB + 6.5025) * (2 * covariance + 58.5225)
                    / ((meanA * meanA + meanB * meanB + 6.5025) * (varianceA + varianceB + 58.5225));
            }
        }

        return total / count;
    }

    private static double Weight(int i, int j) => Math.Exp(-(i * i + j * j) / (2 * 1.5 * 1.5));
}

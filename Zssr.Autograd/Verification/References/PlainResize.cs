using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>
/// Resizing written as its definition, one output pixel at a time, from the formulas and not from the tables that devices use.
/// </summary>
internal static class PlainResize
{
    /// <summary>y[n, i, j, c] = Σ over all source pixels of their weights for (i, j); the two axes' weights multiply.</summary>
    public static HostArray Image(HostArray x, int height, int width, Func<int, double[]> rowWeights, Func<int, double[]> columnWeights)
    {
        var y = HostArray.Zeros([x.Shape[0], height, width, x.Shape[3]]);
        for (int i = 0; i < height; i++)
        {
            double[] rows = rowWeights(i);
            for (int j = 0; j < width; j++)
            {
                double[] columns = columnWeights(j);
                for (int n = 0; n < y.Shape[0]; n++)
                    for (int c = 0; c < y.Shape[3]; c++)
                        for (int a = 0; a < rows.Length; a++)
                            for (int b = 0; b < columns.Length; b++)
                                y[n, i, j, c] += rows[a] * columns[b] * x[n, a, b, c];
            }
        }

        return y;
    }

    /// <summary>
    /// PyTorch's interpolate: the weight of each of n source pixels for output i of m; half-pixel centres, edges clamped.
    /// </summary>
    public static double[] InterpolateWeights(int n, int m, int i, bool bicubic)
    {
        double u = (i + 0.5) * n / m - 0.5;
        if (!bicubic)
            u = Math.Max(u, 0);
        var weights = new double[n];
        int first = (int)Math.Floor(u);
        for (int k = bicubic ? -1 : 0; k <= (bicubic ? 2 : 1); k++)
            weights[Math.Clamp(first + k, 0, n - 1)] += bicubic ? Cubic(u - first - k, -0.75) : Math.Max(0, 1 - Math.Abs(u - first - k));
        return weights;
    }

    /// <summary>MATLAB's imresize, cubic, antialiased when shrinking, symmetric mirror at the border.</summary>
    public static double[] ImResizeWeights(int n, double scale, int i)
    {
        double shrink = Math.Min(scale, 1);
        double u = (i + 0.5) / scale - 0.5;
        var weights = new double[n];
        for (int k = (int)Math.Floor(u - 2 / shrink) - 1; k <= u + 2 / shrink + 1; k++)
            weights[Mirrored(k, n)] += Cubic((u - k) * shrink, -0.5);

        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>An image seen through an affine map, by cubic convolution with a = −½ over the mirrored image.</summary>
    public static HostArray Warp(HostArray x, AffineMap map, int height, int width)
    {
        var y = HostArray.Zeros([x.Shape[0], height, width, x.Shape[3]]);
        for (int i = 0; i < height; i++)
            for (int j = 0; j < width; j++)
            {
                (double u, double v) = map.Apply(i, j);
                for (int a = (int)Math.Floor(u) - 1; a <= u + 2; a++)
                    for (int b = (int)Math.Floor(v) - 1; b <= v + 2; b++)
                        for (int n = 0; n < y.Shape[0]; n++)
                            for (int c = 0; c < y.Shape[3]; c++)
                            {
                                y[n, i, j, c] += Cubic(u - a, -0.5) * Cubic(v - b, -0.5)
                                    * x[n, Mirrored(a, x.Shape[1]), Mirrored(b, x.Shape[2]), c];
                            }
            }

        return y;
    }

    /// <summary>The pixel of n that stands for position i of the image continued by its mirror image.</summary>
    private static int Mirrored(int i, int n)
    {
        int position = ((i % (2 * n)) + 2 * n) % (2 * n);
        return position < n ? position : 2 * n - 1 - position;
    }

    /// <summary>Keys's cubic convolution kernel with parameter a.</summary>
    private static double Cubic(double x, double a)
    {
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
    }
}

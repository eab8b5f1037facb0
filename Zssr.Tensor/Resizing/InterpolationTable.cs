namespace Zssr.Tensors;

/// <summary>Builds the table of <see cref="ResizeAxis.Interpolate"/>.</summary>
internal static class InterpolationTable
{
    private const string Operation = "interpolate";

    /// <summary>PyTorch's cubic convolution is sharper than MATLAB's (−0.5).</summary>
    private const double BicubicA = -0.75;

    public static ResizeAxis Build(int n, int m, InterpolationMode mode, bool alignCorners)
    {
        ResizeLengths.RequirePixels(Operation, "input", n);
        ResizeLengths.RequirePixels(Operation, "output", m);
        return mode switch
        {
            InterpolationMode.Bilinear => Bilinear(n, m, alignCorners),
            InterpolationMode.Bicubic => Bicubic(n, m, alignCorners),
            _ => throw new ArgumentOutOfRangeException(
                nameof(mode), mode, $"{Operation}: mode {(int)mode} is neither Bilinear nor Bicubic."),
        };
    }

    /// <summary>u, the place in the input where output pixel i is sampled; both count from 0.</summary>
    private static double SourcePosition(int i, int n, int m, bool alignCorners)
    {
        if (!alignCorners)
            return (double)n / m * (i + 0.5) - 0.5;
        return m > 1 ? (double)(n - 1) / (m - 1) * i : 0;
    }

    private static ResizeAxis Bilinear(int n, int m, bool alignCorners)
    {
        int[] indices = new int[2 * m];
        double[] weights = new double[2 * m];
        for (int i = 0; i < m; i++)
        {
            double u = Math.Max(SourcePosition(i, n, m, alignCorners), 0);
            int left = Math.Min((int)u, n - 1);
            double fraction = Math.Min(u - left, 1);
            (indices[2 * i], weights[2 * i]) = (left, 1 - fraction);
            (indices[2 * i + 1], weights[2 * i + 1]) = (Math.Min(left + 1, n - 1), fraction);
        }

        return new ResizeAxis(n, m, taps: 2, indices, weights);
    }

    private static ResizeAxis Bicubic(int n, int m, bool alignCorners)
    {
        const int Taps = 4;
        int[] indices = new int[Taps * m];
        double[] weights = new double[Taps * m];
        for (int i = 0; i < m; i++)
        {
            double u = SourcePosition(i, n, m, alignCorners);
            int left = (int)Math.Floor(u);
            for (int t = 0; t < Taps; t++)
            {
                int pixel = left - 1 + t;
                indices[Taps * i + t] = BorderIndex.Replicate(pixel, n);
                weights[Taps * i + t] = KernelFunctions.CubicConvolution(u - pixel, BicubicA);
            }
        }

        return new ResizeAxis(n, m, Taps, indices, weights);
    }
}

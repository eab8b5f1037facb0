namespace Zssr.Tensors;

/// <summary>Builds the table of <see cref="ResizeAxis.ImResize"/>.</summary>
internal static class ImResizeTable
{
    private const string Operation = "imresize";

    /// <summary>Weights below this are rounding errors of a kernel that is 0 there (cubic at |x| = 2, lanczos at whole numbers).</summary>
    private const double Negligible = 1e-15;

    /// <summary>The table for one axis.</summary>
    /// <param name="n">Pixels of the input along the axis.</param>
    /// <param name="scale">By how much it grows; below 1 it shrinks.</param>
    /// <param name="m">Pixels of the output along the axis.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="antialias">Whether the kernel is stretched where the image shrinks.</param>
    /// <param name="border">What lies outside the image.</param>
    /// <param name="displacement">How many pixels of the output further on the input's pixels lie.</param>
    public static ResizeAxis Build(
        int n, double scale, int m, ResizeKernel kernel, bool antialias, ResizeBorder border, double displacement)
    {
        ResizeLengths.RequirePixels(Operation, "input", n);
        ResizeLengths.RequirePixels(Operation, "output", m);
        ResizeLengths.RequireScale(Operation, nameof(scale), scale);
        if (!Enum.IsDefined(border))
        {
            throw new ArgumentOutOfRangeException(
                nameof(border), border, $"{Operation}: border {(int)border} is neither Symmetric nor Replicate.");
        }

        // Shrinking must average all pixels between two output pixels, or it aliases: the kernel is stretched by 1/scale.
        double stretch = antialias && scale < 1 ? 1 / scale : 1;
        double width = kernel.Width() * stretch;
        double taps = Math.Ceiling(width) + 2;
        if (taps * m > Array.MaxLength)
        {
            throw new ShapeException(
                $"{Operation}: scale {scale} takes {taps} input pixels for each of {m} output pixels, too many for a table. " +
                "Use a larger scale, or shrink in steps.");
        }

        int[] indices = new int[m * (int)taps];
        double[] weights = new double[m * (int)taps];
        for (int i = 0; i < m; i++)
        {
            // MATLAB counts pixels from 1: this u is one more than that of algorithm.md.
            double u = (i + 1 - displacement) / scale + 0.5 * (1 - 1 / scale);
            long left = (long)Math.Floor(u - width / 2);
            int rowStart = i * (int)taps;
            for (int t = 0; t < (int)taps; t++)
            {
                double weight = kernel.Evaluate((u - (left + t)) / stretch);
                weights[rowStart + t] = Math.Abs(weight) < Negligible ? 0 : weight;
                long pixel = left + t - 1;
                indices[rowStart + t] =
                    border == ResizeBorder.Symmetric ? BorderIndex.Symmetric(pixel, n) : BorderIndex.Replicate(pixel, n);
            }

            Normalise(weights.AsSpan(rowStart, (int)taps));
        }

        return WithoutUnusedTaps(n, m, (int)taps, indices, weights);
    }

    /// <summary>Scales a row to sum 1, which also makes the factor s of the stretched kernel unnecessary.</summary>
    private static void Normalise(Span<double> row)
    {
        double sum = 0;
        foreach (double weight in row)
            sum += weight;
        foreach (ref double weight in row)
            weight /= sum;
    }

    /// <summary>
    /// Drops the taps that have weight 0 in every row: ⌈width⌉ + 2 is enough for any position, but often one or two more than needed.
    /// </summary>
    private static ResizeAxis WithoutUnusedTaps(int n, int m, int taps, int[] indices, double[] weights)
    {
        int[] used = [.. Enumerable.Range(0, taps).Where(t => Enumerable.Range(0, m).Any(i => weights[i * taps + t] != 0))];
        int[] usedIndices = new int[m * used.Length];
        double[] usedWeights = new double[m * used.Length];
        for (int i = 0; i < m; i++)
        {
            for (int t = 0; t < used.Length; t++)
            {
                usedIndices[i * used.Length + t] = indices[i * taps + used[t]];
                usedWeights[i * used.Length + t] = weights[i * taps + used[t]];
            }
        }

        return new ResizeAxis(n, m, used.Length, usedIndices, usedWeights);
    }
}

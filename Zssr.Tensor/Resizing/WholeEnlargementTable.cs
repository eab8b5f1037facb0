namespace Zssr.Tensors;

/// <summary>
/// Builds the table of <see cref="ResizeAxis.Enlarge"/>. The s pixels of the result for one pixel of the source lie at its position plus
/// (r + ½ − d)/s − ½, r = 0 … s − 1, for a displacement of d. Their weights are computed from this alone and not from
/// the place in the image: so a part of an image gets the same bits wherever it was cut.
/// </summary>
internal static class WholeEnlargementTable
{
    private const string Operation = "enlarge";
    private const int Taps = 4;

    public static ResizeAxis Build(int n, int factor, double displacement)
    {
        ResizeLengths.RequirePixels(Operation, "input", n);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        int length = ResizeLengths.Ceiling(Operation, (double)n * factor);
        if (factor == 1 && displacement == 0)
            return MirrorTable.Build(n, 0, 0, MirrorMode.Symmetric);

        int[] indices = new int[length * Taps];
        double[] weights = new double[length * Taps];
        Span<double> phase = stackalloc double[Taps];
        for (int r = 0; r < factor; r++)
        {
            double u = ((r + 0.5 - displacement) / factor) - 0.5;
            int left = (int)Math.Floor(u) - 1;
            double sum = 0;
            for (int t = 0; t < Taps; t++)
                sum += phase[t] = ResizeKernel.Cubic.Evaluate(u - (left + t));
            for (int j = 0; j < n; j++)
            {
                int row = ((j * factor) + r) * Taps;
                for (int t = 0; t < Taps; t++)
                    (indices[row + t], weights[row + t]) = (BorderIndex.Symmetric((long)j + left + t, n), phase[t] / sum);
            }
        }

        return new ResizeAxis(n, length, Taps, indices, weights);
    }
}

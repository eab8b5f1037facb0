namespace Zssr.Tensors;

/// <summary>Builds the table of <see cref="ResizeAxis.MirrorPad"/>.</summary>
internal static class MirrorTable
{
    private const string Operation = "mirror pad";

    public static ResizeAxis Build(int n, int before, int after, MirrorMode mode)
    {
        ResizeLengths.RequirePixels(Operation, "axis", n);
        if (before < 0 || after < 0)
            throw new ShapeException($"{Operation}: {before} pixels before and {after} after were requested; both must be 0 or more.");
        int length = ResizeLengths.Ceiling(Operation, (double)before + n + after);

        int[] indices = new int[length];
        double[] weights = new double[length];
        Array.Fill(weights, 1);
        for (int i = 0; i < length; i++)
        {
            indices[i] = mode switch
            {
                MirrorMode.Symmetric => BorderIndex.Symmetric((long)i - before, n),
                MirrorMode.Reflect => BorderIndex.Reflect((long)i - before, n),
                _ => throw new ArgumentOutOfRangeException(
                    nameof(mode), mode, $"{Operation}: mode {(int)mode} is neither Symmetric nor Reflect."),
            };
        }

        return new ResizeAxis(n, length, taps: 1, indices, weights);
    }
}

namespace Zssr.Tensors;

/// <summary>Resizing along one axis on the host.</summary>
internal static unsafe class HostResize
{
    /// <summary>y[o, i, k] = Σ_t weight[i, t] · x[o, index[i, t], k], for x [outer, n, inner] and y [outer, m, inner].</summary>
    /// <remarks>
    /// Every element's sum is taken in the order of the taps, whatever the threads and vectors. Taps of weight 0 at the end of a row,
    /// such as transposed tables have, are left out.
    /// </remarks>
    public static void Along(Host host, float* x, float* y, ResizeAxis table, int outer, int inner)
    {
        float[] weights = Array.ConvertAll(table.Weights, weight => (float)weight);
        int[] used = UsedTaps(weights, table.OutputLength, table.Taps);
        fixed (int* indices = table.Indices, usedTaps = used)
        fixed (float* rounded = weights)
        {
            var taps = new ResizeTaps(indices, rounded, usedTaps, table.InputLength, table.OutputLength, table.Taps);
            if (inner >= Tail.MaxLanes)
                host.Run(new RowResizeWork(x, y, taps, outer, inner));
            else
                host.Run(new PixelResizeWork(x, y, taps, outer, inner, host));
        }
    }

    private static int[] UsedTaps(ReadOnlySpan<float> weights, int outputs, int taps)
    {
        int[] used = new int[outputs];
        for (int i = 0; i < outputs; i++)
            used[i] = weights.Slice(i * taps, taps).LastIndexOfAnyExcept(0f) + 1;
        return used;
    }
}

/// <summary>A <see cref="ResizeAxis"/> for host code.</summary>
/// <param name="indices">[outputs, taps].</param>
/// <param name="weights">[outputs, taps].</param>
/// <param name="used">[outputs].</param>
/// <param name="inputs">Pixels along the axis before.</param>
/// <param name="outputs">Pixels along the axis after.</param>
/// <param name="taps">The most terms of an output pixel's sum.</param>
internal readonly unsafe struct ResizeTaps(int* indices, float* weights, int* used, int inputs, int outputs, int taps)
{
    /// <summary>Pixels along the axis before.</summary>
    public int Inputs => inputs;

    /// <summary>Pixels along the axis after.</summary>
    public int Outputs => outputs;

    /// <summary>The most terms of an output pixel's sum.</summary>
    public int Taps => taps;

    /// <summary>The input pixels in output pixel i's sum.</summary>
    public int* Indices(int i) => indices + (nint)i * taps;

    /// <summary>Their weights.</summary>
    public float* Weights(int i) => weights + (nint)i * taps;

    /// <summary>How many of them count; the others have weight 0.</summary>
    public int Used(int i) => used[i];
}

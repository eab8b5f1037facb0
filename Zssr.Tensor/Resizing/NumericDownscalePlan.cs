namespace Zssr.Tensors;

/// <summary>
/// One axis of shrinking with a <see cref="NumericKernel"/>: which input pixel each tap of the kernel falls on, for each output pixel.
/// With such a plan for rows and for columns, y[i, j] = Σ_u Σ_v k[u, v] · x[rows[i, u], columns[j, v]].
/// </summary>
/// <remarks>
/// Output i is the correlation with the kernel (its middle, tap ⌊k/2⌋, on the pixel) at pixel round(i·(n − s)/(m − 1)) of m = ⌈n/s⌉,
/// halves rounded to even; pixels outside are the mirror image, edge pixel repeated. Where the number of outputs is given it is
/// round(i·s): the same where s divides n, and else what keeps the small image in place on the large one.
/// Immutable: the arrays are shared, not copied, and must not be written to.
/// </remarks>
public sealed class NumericDownscalePlan
{
    private const string Operation = "numeric downscale";

    /// <summary>Plans an axis.</summary>
    /// <param name="n">Pixels before.</param>
    /// <param name="factor">s: 2 halves; 1 or more.</param>
    /// <param name="kernelSize">k, the kernel's size along this axis, after <see cref="NumericKernel.Shifted(double)"/>.</param>
    /// <param name="outputLength">m, pixels after; ⌈n/s⌉ unless given.</param>
    /// <exception cref="ShapeException">A length is less than 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite, or less than 1.</exception>
    public NumericDownscalePlan(int n, double factor, int kernelSize, int? outputLength = null)
    {
        ResizeLengths.RequirePixels(Operation, "input", n);
        ResizeLengths.RequirePixels(Operation, "kernel", kernelSize);
        ResizeLengths.RequireScale(Operation, nameof(factor), factor);
        if (factor < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(factor),
                factor,
                $"{Operation}: the factor is {factor}, which would enlarge; it must be 1 or more (2 halves the image).");
        }

        (InputLength, KernelSize) = (n, kernelSize);
        OutputLength = outputLength ?? ResizeLengths.Ceiling(Operation, n / factor);
        ResizeLengths.RequirePixels(Operation, "output", OutputLength);
        SourceIndices = new int[OutputLength * kernelSize];
        // One step computed once, as NumPy's linspace does: a tie before rounding must fall on the same side.
        double step = outputLength is not null ? factor : OutputLength > 1 ? (n - factor) / (OutputLength - 1) : 0;
        for (int i = 0; i < OutputLength; i++)
        {
            int centre = (int)Math.Round(i * step, MidpointRounding.ToEven);
            for (int tap = 0; tap < kernelSize; tap++)
                SourceIndices[i * kernelSize + tap] = BorderIndex.Symmetric((long)centre + tap - kernelSize / 2, n);
        }

        (AdjointLength, AdjointOutputs, AdjointTaps) = Invert();
    }

    private NumericDownscalePlan(int inputLength, int kernelSize, int[] sourceIndices)
    {
        (InputLength, KernelSize, OutputLength, SourceIndices) =
            (inputLength, kernelSize, sourceIndices.Length / kernelSize, sourceIndices);
        (AdjointLength, AdjointOutputs, AdjointTaps) = Invert();
    }

    /// <summary>n, pixels before.</summary>
    public int InputLength { get; }

    /// <summary>m, pixels after: what was asked for, else ⌈n/s⌉; of a <see cref="Part"/>, the length of its stretch.</summary>
    public int OutputLength { get; }

    /// <summary>k, taps of the kernel along this axis.</summary>
    public int KernelSize { get; }

    /// <summary>The input pixel under each tap; [OutputLength, KernelSize], row-major.</summary>
    public int[] SourceIndices { get; }

    /// <summary>Pairs (output pixel, tap) listed for each input pixel: as many as the busiest one has.</summary>
    public int AdjointLength { get; }

    /// <summary>
    /// For each input pixel, the output pixels that use it, in increasing order, then −1; [InputLength, AdjointLength], row-major.
    /// </summary>
    /// <remarks>
    /// With <see cref="AdjointTaps"/> the gradient gathers:
    /// dx[a, b] = Σ over the pairs (i, u) of row a and (j, v) of column b of k[u, v] · dy[i, j].
    /// </remarks>
    public int[] AdjointOutputs { get; }

    /// <summary>
    /// The kernel's tap that goes with each entry of <see cref="AdjointOutputs"/>, then −1; [InputLength, AdjointLength], row-major.
    /// </summary>
    public int[] AdjointTaps { get; }

    /// <summary>The input pixels that a stretch of the output depends on, and those between them.</summary>
    public PixelRange Support(PixelRange output)
    {
        Span<int> used = SourceIndices.AsSpan(output.Start * KernelSize, output.Length * KernelSize);
        (int first, int last) = (used[0], used[0]);
        foreach (int pixel in used)
            (first, last) = (Math.Min(first, pixel), Math.Max(last, pixel));
        return PixelRange.Between(first, last + 1);
    }

    /// <summary>The plan of a part: from a stretch of the input, <see cref="Support"/> or more, to a stretch of the output.</summary>
    public NumericDownscalePlan Part(PixelRange input, PixelRange output)
    {
        int[] indices = SourceIndices.AsSpan(output.Start * KernelSize, output.Length * KernelSize).ToArray();
        foreach (ref int index in indices.AsSpan())
            index -= input.Start;
        return new NumericDownscalePlan(input.Length, KernelSize, indices);
    }

    private (int Length, int[] Outputs, int[] Taps) Invert()
    {
        int[] uses = new int[InputLength];
        foreach (int pixel in SourceIndices)
            uses[pixel]++;
        int length = uses.Max();

        int[] outputs = new int[InputLength * length];
        int[] taps = new int[InputLength * length];
        Array.Fill(outputs, -1);
        Array.Fill(taps, -1);
        Array.Clear(uses);
        for (int entry = 0; entry < SourceIndices.Length; entry++)
        {
            int pixel = SourceIndices[entry];
            int place = pixel * length + uses[pixel]++;
            (outputs[place], taps[place]) = (entry / KernelSize, entry % KernelSize);
        }

        return (length, outputs, taps);
    }
}

namespace Zssr.Tensors;

/// <summary>
/// One axis of a separable resize, as a sparse matrix A: output[i] = Σ_t weight[i, t] · input[index[i, t]].
/// An image is resized by applying one table to its columns and one to its rows.
/// </summary>
/// <remarks>
/// Immutable: the arrays are shared, not copied, and must not be written to. Weights are float64; a float32 op rounds them once.
/// Every row has the same number of taps; taps that are not needed have weight 0 and a valid index, so that kernels need no test.
/// </remarks>
public sealed class ResizeAxis
{
    internal ResizeAxis(int inputLength, int outputLength, int taps, int[] indices, double[] weights) =>
        (InputLength, OutputLength, Taps, Indices, Weights) = (inputLength, outputLength, taps, indices, weights);

    /// <summary>Pixels along the axis before.</summary>
    public int InputLength { get; }

    /// <summary>Pixels along the axis after.</summary>
    public int OutputLength { get; }

    /// <summary>Terms in each output pixel's sum.</summary>
    public int Taps { get; }

    /// <summary>The input pixel of each term, 0 … InputLength − 1; [OutputLength, Taps], row-major.</summary>
    public int[] Indices { get; }

    /// <summary>The weight of each term; [OutputLength, Taps], row-major.</summary>
    public double[] Weights { get; }

    /// <summary>True where the output is the input, so that the pass can be left out.</summary>
    public bool IsIdentity => InputLength == OutputLength && Taps == 1
        && Weights.All(weight => weight == 1) && Indices.Index().All(entry => entry.Item == entry.Index);

    /// <summary>
    /// Aᵀ, the adjoint: from a gradient of the output to the gradient of the input, dx[j] = Σ over the pairs (i, t) with index[i, t] = j
    /// of weight[i, t] · dy[i]. It is again a table to gather by, so that gradients need no atomic additions.
    /// </summary>
    /// <remarks>Its taps are those of the busiest input pixel; where borders are clamped or mirrored that is an edge pixel.</remarks>
    public ResizeAxis Transpose()
    {
        // Column by column: which outputs use input pixel j, and how much. A border may name j several times in one row: one sum.
        var uses = new List<(int Output, double Weight)>[InputLength];
        for (int j = 0; j < InputLength; j++)
            uses[j] = [];
        for (int i = 0; i < OutputLength; i++)
        {
            for (int t = 0; t < Taps; t++)
            {
                double weight = Weights[i * Taps + t];
                List<(int Output, double Weight)> column = uses[Indices[i * Taps + t]];
                if (weight == 0)
                    continue;
                if (column.Count > 0 && column[^1].Output == i)
                    column[^1] = (i, column[^1].Weight + weight);
                else
                    column.Add((i, weight));
            }
        }

        int taps = Math.Max(uses.Max(column => column.Count), 1);
        int[] indices = new int[InputLength * taps];
        double[] weights = new double[InputLength * taps];
        for (int j = 0; j < InputLength; j++)
        {
            for (int t = 0; t < uses[j].Count; t++)
                (indices[j * taps + t], weights[j * taps + t]) = uses[j][t];
        }

        return new ResizeAxis(OutputLength, InputLength, taps, indices, weights);
    }

    /// <summary>The input pixels that a stretch of the output depends on, and those between them.</summary>
    public PixelRange Support(PixelRange output)
    {
        (int first, int last) = (InputLength, -1);
        for (int entry = output.Start * Taps; entry < output.End * Taps; entry++)
        {
            if (Weights[entry] == 0)
                continue;
            first = Math.Min(first, Indices[entry]);
            last = Math.Max(last, Indices[entry]);
        }

        return last < 0 ? new PixelRange(0, 1) : PixelRange.Between(first, last + 1);
    }

    /// <summary>The table for a part: from a stretch of the input to a stretch of the output, which is the same bits as of all.</summary>
    /// <param name="input">Pixels of the input, <see cref="Support"/> or more.</param>
    /// <param name="output">Pixels of the output.</param>
    public ResizeAxis Part(PixelRange input, PixelRange output)
    {
        int[] indices = Indices.AsSpan(output.Start * Taps, output.Length * Taps).ToArray();
        // Taps of weight 0 may lie outside, and must be some pixel.
        foreach (ref int index in indices.AsSpan())
            index = Math.Clamp(index - input.Start, 0, input.Length - 1);
        double[] weights = Weights.AsSpan(output.Start * Taps, output.Length * Taps).ToArray();
        return new ResizeAxis(input.Length, output.Length, Taps, indices, weights);
    }

    /// <summary>
    /// PyTorch's <c>interpolate</c> to a given size, without antialiasing, pixels outside the image replaced by the edge pixel.
    /// Output i is sampled at u = (i + ½)·n/m − ½ (half-pixel centres), or at u = i·(n − 1)/(m − 1) with aligned corners.
    /// </summary>
    /// <param name="n">Pixels before.</param>
    /// <param name="m">Pixels after.</param>
    /// <param name="mode">Bilinear or bicubic (a = −0.75).</param>
    /// <param name="alignCorners">Whether the first and last pixels' centres, and not the image's borders, are held in place.</param>
    /// <remarks>
    /// Source: PyTorch, <c>torch.nn.functional.interpolate</c>.
    /// Bilinear clamps a negative u to 0 first; bicubic does not, and so may overshoot.
    /// </remarks>
    /// <exception cref="ShapeException">A length is less than 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not a value of the enumeration.</exception>
    public static ResizeAxis Interpolate(int n, int m, InterpolationMode mode, bool alignCorners = false) =>
        InterpolationTable.Build(n, m, mode, alignCorners);

    /// <summary>
    /// MATLAB's <c>imresize</c>. With output pixels p = 1, 2, … and scale s, output p is sampled at u = p/s + ½(1 − 1/s); its weights are
    /// h(u − j) for enlarging, and s·h(s·(u − j)), which is 1/s times as wide, for shrinking with antialiasing; normalised to sum 1.
    /// </summary>
    /// <param name="n">Pixels before.</param>
    /// <param name="scale">s: 2 doubles, 0.5 halves, 1.5 and 1/3 are as welcome.</param>
    /// <param name="outputLength">Pixels after; ⌈n·s⌉ unless given. It sets only their count; the scale sets where they are.</param>
    /// <param name="kernel">h.</param>
    /// <param name="antialias">Whether shrinking widens the kernel; enlarging never does.</param>
    /// <param name="border">What stands for pixels outside the image.</param>
    /// <param name="displacement">
    /// How many pixels of the result further on the source's pixels lie than in the middle of those that they stand for; 0 as MATLAB has it.
    /// </param>
    /// <remarks>Source: MATLAB, <c>imresize</c>. Published super-resolution figures are measured on images that it shrank.</remarks>
    /// <exception cref="ShapeException">A length is less than 1, or the result would be too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a positive, finite number.</exception>
    public static ResizeAxis ImResize(
        int n,
        double scale,
        int? outputLength = null,
        ResizeKernel kernel = ResizeKernel.Cubic,
        bool antialias = true,
        ResizeBorder border = ResizeBorder.Symmetric,
        double displacement = 0) =>
        ImResizeTable.Build(n, scale, outputLength ?? ImResizePlan.OutputLengthOf(n, scale), kernel, antialias, border, displacement);

    /// <summary>
    /// MATLAB's <c>imresize</c> by a whole factor s, bicubic: n pixels become s·n. The same as <see cref="ImResize"/> but for rounding,
    /// which is the same here wherever a pixel lies: a part of an image gets the bits that it has in the whole.
    /// </summary>
    /// <param name="n">Pixels before.</param>
    /// <param name="factor">s, 1 or more.</param>
    /// <param name="displacement">As of <see cref="ImResize"/>.</param>
    /// <exception cref="ShapeException">n is less than 1, or the result would be too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is less than 1.</exception>
    public static ResizeAxis Enlarge(int n, int factor, double displacement = 0) => WholeEnlargementTable.Build(n, factor, displacement);

    /// <summary>
    /// The axis continued by its own mirror image: output[i] = input[mirror(i − before)], i = 0 … before + n + after − 1.
    /// </summary>
    /// <param name="n">Pixels before padding.</param>
    /// <param name="before">Pixels added in front; 0 or more, more than n too (the mirror image is mirrored again).</param>
    /// <param name="after">Pixels added after; 0 or more.</param>
    /// <param name="mode">Symmetric repeats the edge pixel (… b a | a b …), reflect does not (… c b | a b …).</param>
    /// <exception cref="ShapeException">n is less than 1, an amount of padding is negative, or the result would be too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not a value of the enumeration.</exception>
    public static ResizeAxis MirrorPad(int n, int before, int after, MirrorMode mode = MirrorMode.Symmetric) =>
        MirrorTable.Build(n, before, after, mode);
}

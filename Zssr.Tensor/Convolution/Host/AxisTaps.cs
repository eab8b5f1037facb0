namespace Zssr.Tensors;

/// <summary>
/// How a convolution walks along one axis, for outputs that all use the same weights:
/// output OutputStart + q·OutputStep, q = 0 … Count − 1, is the sum over t = 0 … Taps − 1 of
/// source[SourceStart + q·SourceStep + t] · weight[KernelStart + t·KernelStep], the source being zero outside its range.
/// </summary>
internal readonly record struct AxisTaps(
    int OutputStart, int OutputStep, int Count, int SourceStart, int SourceStep, int Taps, int KernelStart, int KernelStep);

/// <summary>One axis, vertical or horizontal, of a convolution or of the gradient with respect to its input.</summary>
/// <remarks>
/// The gradient is dx[i] = Σ_u dy[(i + p − u) / s] · w[u] over the u for which the division leaves no rest: those with
/// u mod s = (i + p) mod s. So the outputs fall into s phases; each is a plain convolution of dy, step 1, with every s-th weight in
/// reversed order, and no multiplication by a zero between strides is ever done. A convolution has a single phase. With these, both
/// run through the same code.
/// </remarks>
/// <param name="Source">Elements that are read: of x, or of dy for the gradient.</param>
/// <param name="Output">Elements that are written: of y, or of dx.</param>
/// <param name="Kernel">Weights along the axis.</param>
/// <param name="Stride">s.</param>
/// <param name="Padding">p.</param>
/// <param name="Gradient">True for the gradient with respect to the input.</param>
internal readonly record struct Conv2dAxis(int Source, int Output, int Kernel, int Stride, int Padding, bool Gradient)
{
    /// <summary>Groups of outputs that use the same weights.</summary>
    public int Phases => Gradient ? Stride : 1;

    /// <summary>The most taps of any phase.</summary>
    public int MostTaps => (Kernel + Phases - 1) / Phases;

    /// <summary>The phase to which an output belongs.</summary>
    public int PhaseOf(int output) => (output + Padding) % Phases;

    /// <summary>The outputs of one phase and what they read.</summary>
    public AxisTaps this[int phase] => Gradient ? GradientTaps(phase) : new(0, 1, Output, -Padding, Stride, Kernel, 0, 1);

    private AxisTaps GradientTaps(int phase)
    {
        int taps = (Kernel - phase + Stride - 1) / Stride;
        taps = Math.Max(taps, 0);
        // The first i ≥ 0 with (i + p) mod s = phase.
        int start = (phase - Padding % Stride + Stride) % Stride;
        int count = Math.Max(Output - start + Stride - 1, 0) / Stride;
        int sourceOfFirstWeight = (start + Padding - phase) / Stride;
        return new(start, Stride, count, sourceOfFirstWeight - (taps - 1), 1, taps, phase + Stride * (taps - 1), -Stride);
    }
}

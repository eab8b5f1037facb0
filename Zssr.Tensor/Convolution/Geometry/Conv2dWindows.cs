namespace Zssr.Tensors;

/// <summary>
/// What the forward pass and the input gradient have in common: y[n, i, j, k] = Σ x̂[n, i·s + u − top, j·s + v − left, c] · w[u, v, c, k],
/// where x̂ is x with <see cref="Spread"/> − 1 zeros between its pixels, and zero outside. One kernel so computes both.
/// </summary>
/// <param name="Batch">N, images.</param>
/// <param name="InputHeight">Rows of x.</param>
/// <param name="InputWidth">Columns of x.</param>
/// <param name="InputChannels">C of x.</param>
/// <param name="KernelHeight">Rows of w.</param>
/// <param name="KernelWidth">Columns of w.</param>
/// <param name="OutputHeight">Rows of y.</param>
/// <param name="OutputWidth">Columns of y.</param>
/// <param name="OutputChannels">K of y.</param>
/// <param name="Stride">s, pixels of x̂ from one pixel of y to the next.</param>
/// <param name="Spread">1, or the distance of x's pixels in x̂.</param>
/// <param name="Top">Zero rows above x̂; rows cut off where negative.</param>
/// <param name="Left">Zero columns left of x̂; columns cut off where negative.</param>
internal readonly record struct Conv2dWindows(
    int Batch,
    int InputHeight,
    int InputWidth,
    int InputChannels,
    int KernelHeight,
    int KernelWidth,
    int OutputHeight,
    int OutputWidth,
    int OutputChannels,
    int Stride,
    int Spread,
    int Top,
    int Left)
{
    /// <summary>Rows of x̂ that the windows of all outputs cover.</summary>
    public int CoveredHeight => (OutputHeight - 1) * Stride + KernelHeight;

    /// <summary>Columns of x̂ that the windows of all outputs cover.</summary>
    public int CoveredWidth => (OutputWidth - 1) * Stride + KernelWidth;

    /// <summary>Pixels of y.</summary>
    public int OutputPixels => Batch * OutputHeight * OutputWidth;

    /// <summary>Products in one element of y: the rows of w as a matrix with a column for each output channel.</summary>
    public int Depth => KernelHeight * KernelWidth * InputChannels;

    /// <summary>The forward pass.</summary>
    public static Conv2dWindows Forward(Conv2dGeometry g) => new(
        g.Batch, g.InputHeight, g.InputWidth, g.InputChannels, g.KernelHeight, g.KernelWidth,
        g.OutputHeight, g.OutputWidth, g.OutputChannels, g.Stride, 1, g.Padding, g.Padding);

    /// <summary>
    /// The input gradient: dx is dy, spread by the stride, under the kernel turned by 180° with its channels swapped. The kernel's
    /// last tap now comes first, so what was padded by p is padded by kernel − 1 − p.
    /// </summary>
    public static Conv2dWindows InputGradient(Conv2dGeometry g) => new(
        g.Batch, g.OutputHeight, g.OutputWidth, g.OutputChannels, g.KernelHeight, g.KernelWidth,
        g.InputHeight, g.InputWidth, g.InputChannels, 1, g.Stride, g.KernelHeight - 1 - g.Padding, g.KernelWidth - 1 - g.Padding);
}

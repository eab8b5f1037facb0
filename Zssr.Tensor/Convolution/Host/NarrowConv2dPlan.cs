namespace Zssr.Tensors;

/// <summary>What a convolution to few channels and the gradient of one from few channels have in common. The stride is 1.</summary>
/// <param name="Images">N.</param>
/// <param name="SourceHeight">Rows of what is read, x or dy.</param>
/// <param name="SourceWidth">Its columns.</param>
/// <param name="SourceChannels">Its channels, many.</param>
/// <param name="TargetHeight">Rows of what is written, y or dx.</param>
/// <param name="TargetWidth">Its columns.</param>
/// <param name="TargetChannels">Its channels, few.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Its columns.</param>
/// <param name="Padding">Zeros around the source.</param>
/// <param name="IsTurned">Whether the kernel is turned by 180° and its channels are swapped, as the input gradient wants it.</param>
internal readonly record struct NarrowConv2dPlan(
    int Images, int SourceHeight, int SourceWidth, int SourceChannels, int TargetHeight, int TargetWidth, int TargetChannels,
    int KernelHeight, int KernelWidth, int Padding, bool IsTurned)
{
    /// <summary>x → y.</summary>
    public static NarrowConv2dPlan Forward(in Conv2dGeometry g) => new(
        g.Batch, g.InputHeight, g.InputWidth, g.InputChannels, g.OutputHeight, g.OutputWidth, g.OutputChannels,
        g.KernelHeight, g.KernelWidth, g.Padding, IsTurned: false);

    /// <summary>dy → dx, of a square kernel.</summary>
    public static NarrowConv2dPlan InputGradient(in Conv2dGeometry g) => new(
        g.Batch, g.OutputHeight, g.OutputWidth, g.OutputChannels, g.InputHeight, g.InputWidth, g.InputChannels,
        g.KernelHeight, g.KernelWidth, g.KernelHeight - 1 - g.Padding, IsTurned: true);

    /// <summary>Columns of the matrix of weights: column of the kernel and target channel, (v, k).</summary>
    public int Columns => KernelWidth * TargetChannels;

    /// <summary>Its rows: row of the kernel and source channel, (u, c).</summary>
    public int Depth => KernelHeight * SourceChannels;

    /// <summary>Elements of work, as <see cref="IHostWork.Cost"/> counts them.</summary>
    public long Cost => (long)Images * TargetHeight * SourceWidth * Math.Max(1, (long)Depth * Columns / 16);
}

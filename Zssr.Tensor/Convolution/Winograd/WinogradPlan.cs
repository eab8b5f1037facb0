namespace Zssr.Tensors;

/// <summary>
/// What the convolution and its input gradient have in common: tiles of a source are read, tiles of a target are written.
/// </summary>
/// <param name="Source">6×6 tiles of x, or of dy for the gradient.</param>
/// <param name="Target">4×4 tiles of y, or of dx.</param>
/// <param name="Count">Tiles of the whole batch.</param>
/// <param name="Rotated">Whether the kernel is turned by 180° and its channels are swapped, as the input gradient wants it.</param>
internal readonly record struct WinogradPlan(HostWinogradTiles Source, HostWinogradTiles Target, int Count, bool Rotated)
{
    /// <summary>Whether sizes are made for this algorithm: 3×3, stride 1, whole vectors of channels at every width.</summary>
    public static bool Fits(in Conv2dGeometry g) =>
        g is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: <= 2 }
        && g.InputChannels % Tail.MaxLanes == 0 && g.OutputChannels % Tail.MaxLanes == 0;

    /// <summary>x → y.</summary>
    public static WinogradPlan Forward(in Conv2dGeometry g) => Of(
        g.Batch, g.InputHeight, g.InputWidth, g.InputChannels, g.OutputHeight, g.OutputWidth, g.OutputChannels, g.Padding, rotated: false);

    /// <summary>dy → dx.</summary>
    public static WinogradPlan InputGradient(in Conv2dGeometry g) => Of(
        g.Batch, g.OutputHeight, g.OutputWidth, g.OutputChannels, g.InputHeight, g.InputWidth, g.InputChannels,
        HostWinogradTransforms.Taps - 1 - g.Padding, rotated: true);

    /// <summary>Elements of work, as <see cref="IHostWork.Cost"/> counts them.</summary>
    public long Cost => (long)Count * Source.Channels * Target.Channels;

    /// <summary>Pairs of channels: floats of one tap of the weights.</summary>
    public int Pairs => Source.Channels * Target.Channels;

    /// <summary>
    /// Floats from one of the 36 transformed weight matrices to the next. Not a power of two: equal elements of all of them, which are written
    /// together, would compete for the same lines of the caches.
    /// </summary>
    public int WeightPlane => Pairs + Tail.MaxLanes;

    private static WinogradPlan Of(
        int images, int height, int width, int channels, int outHeight, int outWidth, int outChannels, int padding, bool rotated)
    {
        int down = (outHeight + HostWinogradTransforms.Outputs - 1) / HostWinogradTransforms.Outputs;
        int across = (outWidth + HostWinogradTransforms.Outputs - 1) / HostWinogradTransforms.Outputs;
        return new WinogradPlan(
            new HostWinogradTiles(height, width, channels, down, across, padding, HostWinogradTransforms.Inputs),
            new HostWinogradTiles(outHeight, outWidth, outChannels, down, across, 0, HostWinogradTransforms.Outputs),
            checked(images * down * across), rotated);
    }
}

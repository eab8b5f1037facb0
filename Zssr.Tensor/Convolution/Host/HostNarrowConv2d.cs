namespace Zssr.Tensors;

/// <summary>
/// Convolution to few channels, such as the colours of an image, and the gradients of such a convolution. A vector would be nearly empty
/// if its lanes were these channels alone; here they are the channels under every column of the kernel. The arguments are those of
/// <see cref="HostDirectConv2d"/>.
/// </summary>
internal static unsafe class HostNarrowConv2d
{
    /// <summary>Whether y = x ∗ w is faster here than by <see cref="HostDirectConv2d"/>.</summary>
    public static bool FitsForward(in Conv2dGeometry g, int lanes) => g.Output.ElementCount > 0 && Fits(g, g.OutputChannels, lanes);

    /// <summary>Whether dx is faster here.</summary>
    public static bool FitsInputGradient(in Conv2dGeometry g, int lanes) =>
        IsTurnable(g) && Fits(g, g.InputChannels, lanes);

    /// <summary>Whether dw is faster here.</summary>
    public static bool FitsWeightGradient(in Conv2dGeometry g, int lanes)
    {
        if (!IsTurnable(g))
            return false;
        long direct = (long)DirectConv2dPlan.TileRows(g.KernelWidth * g.InputChannels) * PanelPacking.PaddedColumns(g.OutputChannels, lanes);
        long swapped = (long)DirectConv2dPlan.TileRows(g.KernelWidth * g.OutputChannels) * PanelPacking.PaddedColumns(g.InputChannels, lanes);
        return swapped < direct;
    }

    /// <inheritdoc cref="HostDirectConv2d.Forward"/>
    public static void Forward(Host host, float* x, float* w, HostEpilogue epilogue, float* y, in Conv2dGeometry g) =>
        Run(host, NarrowConv2dPlan.Forward(g), new PixelSource(x), w, epilogue, y);

    /// <inheritdoc cref="HostDirectConv2d.InputGradient"/>
    public static void InputGradient(Host host, PixelSource dy, float* w, HostEpilogue epilogue, float* dx, in Conv2dGeometry g) =>
        Run(host, NarrowConv2dPlan.InputGradient(g), dy, w, epilogue, dx);

    /// <summary>
    /// With stride 1 the sum that makes dw is symmetric in x and dy but for the sign of the shift between them: it is computed as the weight
    /// gradient of the convolution of dy whose output gradient is x, and turned by 180°.
    /// </summary>
    /// <inheritdoc cref="HostDirectConv2d.WeightGradient"/>
    public static void WeightGradient(Host host, float* x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g)
    {
        var swapped = new Conv2dGeometry(
            g.Batch, g.OutputHeight, g.OutputWidth, g.OutputChannels, g.KernelHeight, g.KernelWidth, g.InputChannels, 1,
            g.KernelHeight - 1 - g.Padding);
        HostDirectConv2d.WeightGradientOrTurned(host, dy, new PixelSource(x), dw, null, swapped, isTurned: true);
        if (db != null)
            PixelSumWork.Run(host, dy, g.Batch * g.OutputHeight * g.OutputWidth, g.OutputChannels, db);
    }

    /// <summary>Whether the gradient is a convolution of the same kind: its padding is kernel − 1 − p, the same for rows and columns.</summary>
    private static bool IsTurnable(in Conv2dGeometry g) =>
        g.Stride == 1 && g.KernelHeight == g.KernelWidth && g.Padding < g.KernelHeight
        && g.Input.ElementCount > 0 && g.Output.ElementCount > 0;

    private static bool Fits(in Conv2dGeometry g, int channels, int lanes) =>
        g.Stride == 1
        && PanelPacking.PaddedColumns(g.KernelWidth * channels, lanes) < g.KernelWidth * PanelPacking.PaddedColumns(channels, lanes);

    private static void Run(Host host, in NarrowConv2dPlan plan, PixelSource source, float* w, HostEpilogue epilogue, float* target)
    {
        long matrixSize = AlignedMemory.Lines((long)plan.Depth * plan.Columns);
        float* matrix = host.Shared.Reserve(matrixSize + (long)plan.Depth * PanelPacking.PaddedColumns(plan.Columns, host.Lanes));
        float* packed = matrix + matrixSize;
        host.Run(new NarrowWeightsWork(plan, w, matrix, packed));
        host.Run(new NarrowConv2dWork(plan, source, packed, epilogue, target, host));
    }
}

namespace Zssr.Tensors;

/// <summary>
/// Convolution on the host by the algorithm that the sizes are made for: Winograd's, the one for few channels, or the direct one.
/// The arguments are those of all three.
/// </summary>
internal static unsafe class HostConv2d
{
    /// <inheritdoc cref="HostDirectConv2d.Forward"/>
    public static void Forward(Host host, float* x, float* w, HostEpilogue epilogue, float* y, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            HostWinogradConv2d.Forward(host, x, w, epilogue, y, g);
        else if (HostNarrowConv2d.FitsForward(g, host.Lanes))
            HostNarrowConv2d.Forward(host, x, w, epilogue, y, g);
        else
            HostDirectConv2d.Forward(host, x, w, epilogue, y, g);
    }

    /// <inheritdoc cref="HostDirectConv2d.InputGradient"/>
    public static void InputGradient(Host host, PixelSource dy, float* w, HostEpilogue epilogue, float* dx, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            HostWinogradConv2d.InputGradient(host, dy, w, epilogue, dx, g);
        else if (HostNarrowConv2d.FitsInputGradient(g, host.Lanes))
            HostNarrowConv2d.InputGradient(host, dy, w, epilogue, dx, g);
        else
            HostDirectConv2d.InputGradient(host, dy, w, epilogue, dx, g);
    }

    /// <inheritdoc cref="HostDirectConv2d.WeightGradient"/>
    public static void WeightGradient(Host host, float* x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            HostWinogradConv2d.WeightGradient(host, x, dy, dw, db, g);
        else if (HostNarrowConv2d.FitsWeightGradient(g, host.Lanes))
            HostNarrowConv2d.WeightGradient(host, x, dy, dw, db, g);
        else
            HostDirectConv2d.WeightGradient(host, x, dy, dw, db, g);
    }

    private static bool IsForWinograd(in Conv2dGeometry g) =>
        WinogradPlan.Fits(g) && g.Input.ElementCount > 0 && g.Output.ElementCount > 0;
}

namespace Zssr.Tensors.Simd;

/// <summary>
/// Convolution on the host by the algorithm that the sizes are made for: Winograd's, the one for few channels, or the direct one.
/// The arguments are those of all three.
/// </summary>
internal static unsafe class HostConv2d
{
    /// <inheritdoc cref="DirectConv2d.Forward"/>
    public static void Forward(Host host, float* x, float* w, Epilogue epilogue, float* y, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.Forward(host, x, w, epilogue, y, g);
        else if (NarrowConv2d.FitsForward(g, host.Lanes))
            NarrowConv2d.Forward(host, x, w, epilogue, y, g);
        else
            DirectConv2d.Forward(host, x, w, epilogue, y, g);
    }

    /// <inheritdoc cref="DirectConv2d.InputGradient"/>
    public static void InputGradient(Host host, PixelSource dy, float* w, Epilogue epilogue, float* dx, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.InputGradient(host, dy, w, epilogue, dx, g);
        else if (NarrowConv2d.FitsInputGradient(g, host.Lanes))
            NarrowConv2d.InputGradient(host, dy, w, epilogue, dx, g);
        else
            DirectConv2d.InputGradient(host, dy, w, epilogue, dx, g);
    }

    /// <inheritdoc cref="DirectConv2d.WeightGradient"/>
    public static void WeightGradient(Host host, float* x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.WeightGradient(host, x, dy, dw, db, g);
        else if (NarrowConv2d.FitsWeightGradient(g, host.Lanes))
            NarrowConv2d.WeightGradient(host, x, dy, dw, db, g);
        else
            DirectConv2d.WeightGradient(host, x, dy, dw, db, g);
    }

    private static bool IsForWinograd(in Conv2dGeometry g) =>
        WinogradPlan.Fits(g) && g.Input.ElementCount > 0 && g.Output.ElementCount > 0;
}

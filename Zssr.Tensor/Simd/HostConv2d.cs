namespace Zssr.Tensors.Simd;

/// <summary>Convolution on the host: Winograd's where the sizes are made for it, else direct. The arguments are those of both.</summary>
internal static unsafe class HostConv2d
{
    /// <inheritdoc cref="DirectConv2d.Forward"/>
    public static void Forward(Host host, float* x, float* w, float* bias, float* y, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.Forward(host, x, w, bias, y, g);
        else
            DirectConv2d.Forward(host, x, w, bias, y, g);
    }

    /// <inheritdoc cref="DirectConv2d.InputGradient"/>
    public static void InputGradient(Host host, float* dy, float* w, float* dx, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.InputGradient(host, dy, w, dx, g);
        else
            DirectConv2d.InputGradient(host, dy, w, dx, g);
    }

    /// <inheritdoc cref="DirectConv2d.WeightGradient"/>
    public static void WeightGradient(Host host, float* x, float* dy, float* dw, in Conv2dGeometry g)
    {
        if (IsForWinograd(g))
            WinogradConv2d.WeightGradient(host, x, dy, dw, g);
        else
            DirectConv2d.WeightGradient(host, x, dy, dw, g);
    }

    private static bool IsForWinograd(in Conv2dGeometry g) =>
        WinogradPlan.Fits(g) && g.Input.ElementCount > 0 && g.Output.ElementCount > 0;
}

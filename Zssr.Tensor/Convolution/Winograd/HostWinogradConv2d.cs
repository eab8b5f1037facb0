namespace Zssr.Tensors;

/// <summary>
/// 3×3 convolution and its gradients on the host with a quarter of the multiplications; see <see cref="HostWinogradTransforms"/>. The arguments
/// are those of <see cref="HostDirectConv2d"/>, of sizes that <see cref="WinogradPlan.Fits"/>.
/// </summary>
/// <remarks>
/// Against float64 the results are 2 to 6 times less accurate than those of direct convolution: relative L2 near 1e-6. A NaN or an infinity reaches
/// every output of the 4×4 tiles whose inputs it is among, which may be NaN where direct convolution has an infinity.
/// </remarks>
internal static unsafe class HostWinogradConv2d
{
    /// <inheritdoc cref="HostDirectConv2d.Forward"/>
    public static void Forward(Host host, float* x, float* w, HostEpilogue epilogue, float* y, in Conv2dGeometry g) =>
        Run(host, WinogradPlan.Forward(g), new PixelSource(x), w, epilogue, y);

    /// <inheritdoc cref="HostDirectConv2d.InputGradient"/>
    public static void InputGradient(Host host, PixelSource dy, float* w, HostEpilogue epilogue, float* dx, in Conv2dGeometry g) =>
        Run(host, WinogradPlan.InputGradient(g), dy, w, epilogue, dx);

    /// <inheritdoc cref="HostDirectConv2d.WeightGradient"/>
    public static void WeightGradient(Host host, float* x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g)
    {
        WinogradPlan plan = WinogradPlan.Forward(g);
        long matricesSize = (long)HostWinogradTransforms.Products * WinogradWeightGradientWork.Plane(plan);
        long partialSize = matricesSize + plan.Target.Channels;
        int partials = host.Parts(plan.Cost);
        float* partial = host.Shared.Reserve(partialSize * partials);
        host.Run(new WinogradWeightGradientWork(plan, new PixelSource(x), dy, partial, matricesSize, partialSize, host));
        host.Run(new WinogradWeightGradientSum(plan, partial, partialSize, partials, dw, host));
        if (db != null)
            host.Run(new SumPartsWork(partial + matricesSize, partialSize, partials, db, plan.Target.Channels));
    }

    private static void Run(Host host, in WinogradPlan plan, PixelSource source, float* w, HostEpilogue epilogue, float* target)
    {
        float* transformed = host.Shared.Reserve((long)HostWinogradTransforms.Products * plan.WeightPlane);
        host.Run(new WinogradWeightsWork(plan, w, transformed, host));
        host.Run(new WinogradConv2dWork(plan, source, transformed, epilogue, target, host));
    }
}

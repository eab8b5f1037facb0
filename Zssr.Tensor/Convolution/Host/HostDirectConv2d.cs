namespace Zssr.Tensors;

/// <summary>
/// Convolution and its gradients on the host, for every kernel size, stride and padding. All tensors are dense float32, x, y: NHWC,
/// w: HWIO; see <see cref="Conv2dGeometry"/> for the formula. What is written must not overlap what is read.
/// </summary>
internal static unsafe class HostDirectConv2d
{
    /// <summary>y = x ∗ w, finished by an epilogue: a bias, ReLU, a residual.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="w">[kernel height, kernel width, C, K].</param>
    /// <param name="epilogue">What happens to the sums before they are stored in y.</param>
    /// <param name="y">[N, rows, columns, K]; overwritten.</param>
    /// <param name="g">The sizes.</param>
    public static void Forward(Host host, float* x, float* w, HostEpilogue epilogue, float* y, in Conv2dGeometry g)
    {
        if (g.Output.ElementCount == 0)
            return;
        Run(host, DirectConv2dPlan.Forward(g), new PixelSource(x), w, epilogue, y);
    }

    /// <summary>
    /// dx[n, i, j, c] = Σ dy[n, i', j', k] · w[u, v, c, k] over all i'·s + u − p = i, j'·s + v − p = j. Also the transposed convolution.
    /// </summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="w">[kernel height, kernel width, C, K].</param>
    /// <param name="epilogue">What happens to the sums before they are stored in dx.</param>
    /// <param name="dx">[N, H, W, C]; overwritten, with sums of 0 where no y depends on x.</param>
    /// <param name="g">The sizes.</param>
    /// <remarks>Next to the border zeros stand in for the dy that do not exist, so an infinite weight gives NaN there.</remarks>
    public static void InputGradient(Host host, PixelSource dy, float* w, HostEpilogue epilogue, float* dx, in Conv2dGeometry g)
    {
        if (g.Input.ElementCount == 0)
            return;
        Run(host, DirectConv2dPlan.InputGradient(g), dy, w, epilogue, dx);
    }

    /// <summary>dw[u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k] and db[k] = Σ dy[n, i, j, k] over all n, i, j.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="dw">[kernel height, kernel width, C, K]; overwritten.</param>
    /// <param name="db">[K]; overwritten. Null where the bias' gradient is not wanted.</param>
    /// <param name="g">The sizes.</param>
    public static void WeightGradient(Host host, float* x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g) =>
        WeightGradientOrTurned(host, new PixelSource(x), dy, dw, db, g, isTurned: false);

    /// <summary>The same of an x that may be masked; if turned, dw[kernel height − 1 − u, kernel width − 1 − v, k, c] is written instead.</summary>
    public static void WeightGradientOrTurned(
        Host host, PixelSource x, PixelSource dy, float* dw, float* db, in Conv2dGeometry g, bool isTurned)
    {
        if (g.Weight.ElementCount == 0)
            return;
        DirectConv2dPlan plan = DirectConv2dPlan.Forward(g);
        int columns = PanelPacking.PaddedColumns(plan.TargetChannels, host.Lanes);
        long matrixSize = AlignedMemory.Lines((long)g.KernelHeight * WeightGradientWork.KernelRowSize(plan) * columns);
        long partialSize = matrixSize + AlignedMemory.Lines(columns);
        int partials = host.Parts(plan.Cost);
        float* partial = host.Shared.Reserve(partialSize * partials);
        host.Run(new WeightGradientWork(plan, x, dy, partial, matrixSize, partialSize, host));
        host.Run(new SumWeightGradientsWork(plan, partial, partialSize, partials, dw, isTurned));
        if (db != null)
            host.Run(new SumPartsWork(partial + matrixSize, partialSize, partials, db, plan.TargetChannels));
    }

    private static void Run(Host host, in DirectConv2dPlan plan, PixelSource source, float* w, HostEpilogue epilogue, float* target)
    {
        int phasePairs = plan.Vertical.Phases * plan.Horizontal.Phases;
        float* packed = host.Shared.Reserve(phasePairs * plan.PackedSize(host.Lanes));
        host.Run(new PackWeightsWork(plan, w, packed));
        host.Run(new DirectConv2dWork(plan, source, packed, epilogue, target, host));
    }
}

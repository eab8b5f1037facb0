namespace Zssr.Tensors.Simd;

/// <summary>
/// Convolution and its gradients on the host, for every kernel size, stride and padding. All tensors are dense float32, x, y: NHWC,
/// w: HWIO; see <see cref="Conv2dGeometry"/> for the formula. What is written must not overlap what is read.
/// </summary>
internal static unsafe class DirectConv2d
{
    /// <summary>y = x ∗ w + bias.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="w">[kernel height, kernel width, C, K].</param>
    /// <param name="bias">[K], or null for none.</param>
    /// <param name="y">[N, rows, columns, K]; overwritten.</param>
    /// <param name="g">The sizes.</param>
    public static void Forward(Host host, float* x, float* w, float* bias, float* y, in Conv2dGeometry g)
    {
        if (g.Output.ElementCount == 0)
            return;
        Run(host, DirectConv2dPlan.Forward(g), x, w, bias, y);
    }

    /// <summary>
    /// dx[n, i, j, c] = Σ dy[n, i', j', k] · w[u, v, c, k] over all i'·s + u − p = i, j'·s + v − p = j. Also the transposed convolution.
    /// </summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="w">[kernel height, kernel width, C, K].</param>
    /// <param name="dx">[N, H, W, C]; overwritten, with 0 where no y depends on x.</param>
    /// <param name="g">The sizes.</param>
    /// <remarks>Next to the border zeros stand in for the dy that do not exist, so an infinite weight gives NaN there.</remarks>
    public static void InputGradient(Host host, float* dy, float* w, float* dx, in Conv2dGeometry g)
    {
        if (g.Input.ElementCount == 0)
            return;
        if (g.Output.ElementCount == 0)
            new Span<float>(dx, g.Input.ElementCount).Clear();
        else
            Run(host, DirectConv2dPlan.InputGradient(g), dy, w, null, dx);
    }

    /// <summary>dw[u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k] over all n, i, j.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="dw">[kernel height, kernel width, C, K]; overwritten.</param>
    /// <param name="g">The sizes.</param>
    public static void WeightGradient(Host host, float* x, float* dy, float* dw, in Conv2dGeometry g)
    {
        if (g.Weight.ElementCount == 0)
            return;
        if (g.Output.ElementCount == 0)
        {
            new Span<float>(dw, g.Weight.ElementCount).Clear();
            return;
        }

        DirectConv2dPlan plan = DirectConv2dPlan.Forward(g);
        int columns = PanelPacking.PaddedColumns(plan.TargetChannels, host.Lanes);
        long partialSize = AlignedMemory.Lines((long)g.KernelHeight * WeightGradientWork.KernelRowSize(plan) * columns);
        int partials = host.Parts(plan.Cost);
        float* partial = host.Shared.Reserve(partialSize * partials);
        host.Run(new WeightGradientWork(plan, x, dy, partial, partialSize, host));
        host.Run(new SumWeightGradientsWork(plan, partial, partialSize, partials, dw));
    }

    private static void Run(Host host, in DirectConv2dPlan plan, float* source, float* w, float* bias, float* target)
    {
        int phasePairs = plan.Vertical.Phases * plan.Horizontal.Phases;
        float* packed = host.Shared.Reserve(phasePairs * plan.PackedSize(host.Lanes));
        host.Run(new PackWeightsWork(plan, w, packed));
        host.Run(new DirectConv2dWork(plan, source, packed, bias, target, host));
    }
}

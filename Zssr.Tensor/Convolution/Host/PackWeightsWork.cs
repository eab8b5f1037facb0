namespace Zssr.Tensors;

/// <summary>
/// Packs convolution weights [kernel height, kernel width, C, K] for <see cref="DirectConv2dWork"/>: for each pair of phases the matrix
/// with the rows (vertical tap, horizontal tap, source channel) and the target channels as its columns. For the input gradient the kernel
/// comes out rotated by 180° and transposed.
/// </summary>
internal readonly unsafe struct PackWeightsWork(DirectConv2dPlan plan, float* weights, float* packed) : IHostWork
{
    public long Cost => (long)plan.Vertical.Kernel * plan.Horizontal.Kernel * plan.SourceChannels * plan.TargetChannels;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int horizontalPhases = plan.Horizontal.Phases;
        int perPair = plan.Vertical.MostTaps * plan.Horizontal.MostTaps;
        Band band = Band.Of(plan.Vertical.Phases * horizontalPhases * perPair, part, parts);
        for (int i = band.Start; i < band.End; i++)
        {
            (int pair, int taps) = Math.DivRem(i, perPair);
            (int verticalPhase, int horizontalPhase) = Math.DivRem(pair, horizontalPhases);
            (int verticalTap, int horizontalTap) = Math.DivRem(taps, plan.Horizontal.MostTaps);
            float* target = packed + pair * plan.PackedSize(S.Lanes);
            PackTap<V, S>(plan.Vertical[verticalPhase], plan.Horizontal[horizontalPhase], verticalTap, horizontalTap, target);
        }
    }

    private void PackTap<V, S>(in AxisTaps vertical, in AxisTaps horizontal, int verticalTap, int horizontalTap, float* target)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Phases may have one tap less than the longest.
        if (verticalTap >= vertical.Taps || horizontalTap >= horizontal.Taps)
            return;

        int u = vertical.KernelStart + verticalTap * vertical.KernelStep;
        int v = horizontal.KernelStart + horizontalTap * horizontal.KernelStep;
        int sourceChannels = plan.SourceChannels;
        float* tap = weights + ((long)u * plan.Horizontal.Kernel + v) * sourceChannels * plan.TargetChannels;
        bool transposed = plan.Vertical.Gradient;
        PanelPacking.Pack<V, S>(
            tap,
            rowStep: transposed ? 1 : plan.TargetChannels,
            columnStep: transposed ? sourceChannels : 1,
            rows: sourceChannels,
            columns: plan.TargetChannels,
            target,
            firstRow: (verticalTap * horizontal.Taps + horizontalTap) * sourceChannels,
            totalRows: vertical.Taps * horizontal.Taps * sourceChannels);
    }
}

using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Prepares the inputs of the register-blocked kernels and launches them. They fit every size on every device.</summary>
internal static class DirectConv2d
{
    // A slab of this many pixels of x and dy stays in a processor's cache while all taps and channels go over it.
    private const int PixelsInSlab = 512;

    // The first stage of the weight gradient may take this much memory, in elements (64 MB in float32).
    private const int MostPartials = 1 << 24;

    /// <summary>
    /// y = correlation of x with w (turned by 180° and its channels swapped where <paramref name="rotate"/>), and what follows.
    /// </summary>
    public static void Run<T>(DeviceCall call, Conv2dWindows g, Tensor x, Tensor w, bool rotate, Epilogue epilogue, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = Conv2dPadding.Blocks(g.OutputChannels, Block16<T>.Length);
        int widened = blocks * Block16<T>.Length;
        using Tensor weights = call.New([blocks, g.Depth, Block16<T>.Length], x.DType);
        call.Kernels.Launch(
            PaddingKernels.PackWeight, call.Elements(weights), w.View<T>(), weights.View<T>(), g, Block16<T>.Length, rotate ? 1 : 0);
        using Tensor biases = call.New([widened], x.DType);
        call.Kernels.Launch(
            PaddingKernels.WidenBias, call.Elements(biases), TensorElements.ViewOrEmpty<T>(epilogue.Bias, w), biases.View<T>());

        using Tensor? padded = Conv2dPadding.WriteOutZeros<T>(call, ref g, x);
        using Tensor? wide = widened == g.OutputChannels ? null : call.New([g.OutputPixels, widened], x.DType);
        long items = (g.OutputPixels + DirectConv2dKernels.Pixels - 1L) / DirectConv2dKernels.Pixels * blocks;
        call.Kernels.Launch(
            DirectConv2dKernels.Forward, LaunchSize.Elements(call.Device, items),
            (padded ?? x).View<T>(), weights.View<T>(), epilogue.InKernel<T>(biases, isWhole: wide is null), (wide ?? y).View<T>(), g,
            blocks);
        if (wide is not null)
            epilogue.Finish<T>(call, wide, y);
    }

    /// <summary>dw in two stages: a partial gradient for each slab of lines, then their sum.</summary>
    public static void WeightGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, Tensor dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = Conv2dPadding.Blocks(g.InputChannels, DirectWeightGradientKernels.InputBlock) * DirectWeightGradientKernels.InputBlock;
        int outputs = Conv2dPadding.Blocks(g.OutputChannels, Block16<T>.Length) * Block16<T>.Length;
        using Tensor? wideX = Conv2dPadding.WidenChannels<T>(call, x, inputs);
        using Tensor? wideDy = Conv2dPadding.WidenChannels<T>(call, dy, outputs);

        int lines = g.Batch * g.OutputHeight;
        long gradient = (long)g.KernelHeight * g.KernelWidth * inputs * outputs;
        int mostSlabs = (int)Math.Max(1, MostPartials / gradient);
        int linesInSlab = Math.Max(Conv2dPadding.Blocks(PixelsInSlab, g.OutputWidth), Conv2dPadding.Blocks(lines, mostSlabs));
        int slabs = Conv2dPadding.Blocks(lines, linesInSlab);

        using Tensor partial = call.New([slabs, g.KernelHeight * g.KernelWidth, inputs, outputs], x.DType);
        Conv2dGeometry wide = g with { InputChannels = inputs, OutputChannels = outputs };
        long items = partial.Count / (DirectWeightGradientKernels.InputBlock * Block16<T>.Length);
        call.Kernels.Launch(
            DirectWeightGradientKernels.Slabs, LaunchSize.Elements(call.Device, items),
            (wideX ?? x).View<T>(), (wideDy ?? dy).View<T>(), partial.View<T>(), wide, slabs, linesInSlab);
        call.Kernels.Launch(
            DirectWeightGradientKernels.SumSlabs, call.Elements(dw), partial.View<T>(), dw.View<T>(), g, slabs, inputs, outputs);
    }
}

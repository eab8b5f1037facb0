using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// Launches the kernels of Winograd's algorithm, chunk after chunk of tiles so that what lies between two kernels stays small. They fit
/// every device, and convolutions of 3×3 with stride 1.
/// </summary>
internal static class WinogradConv2d
{
    private const int Block = 16;

    // Elements of transformed inputs and products. On a processor they should stay in its caches; a GPU wants work for all its cores.
    private const int MostElementsOnProcessor = 1 << 20;
    private const int MostElementsOnGpu = 1 << 24;

    /// <summary>Whether a convolution has the sizes for it, as have its gradients.</summary>
    public static bool Fits(Conv2dGeometry g) =>
        g is { KernelHeight: WinogradTransforms.Taps, KernelWidth: WinogradTransforms.Taps, Stride: 1, Padding: < WinogradTransforms.Taps };

    /// <summary>Whether it may be the fastest: of few channels the transforms are the most work, and blocks stay half empty.</summary>
    public static bool Suits(Conv2dGeometry g) => Fits(g) && g.InputChannels >= Block && g.OutputChannels >= Block;

    /// <summary>
    /// y = correlation of x with w (turned by 180° and its channels swapped where <paramref name="rotate"/>), and what follows. With a
    /// mask, x counts where its bit is set.
    /// </summary>
    public static void Run<T>(
        DeviceCall call, Conv2dWindows g, Tensor x, ReluMask? mask, Tensor w, bool rotate, Epilogue epilogue, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = RoundUp(g.InputChannels, Block), outputs = RoundUp(g.OutputChannels, Block), blocks = outputs / Block;
        using Tensor weights = TransformWeights<T>(call, g, w, rotate, blocks);
        using Tensor biases = call.New([outputs], x.DType);
        call.Kernels.Launch(
            PaddingKernels.WidenBias, call.Elements(biases), TensorElements.ViewOrEmpty<T>(epilogue.Bias, w), biases.View<T>());
        using Tensor? wideX = Widen<T>(call, x, mask, inputs);
        ArrayView<ushort> bits = ReluMask.WordsOrEmpty(wideX is null ? mask : null, x);
        using Tensor? wideY = outputs == g.OutputChannels ? null : call.New([g.OutputPixels, outputs], x.DType);

        (WinogradTiles source, WinogradTiles target, int count) = Tiles(g, inputs, outputs);
        int chunk = Chunk(call, count, inputs + outputs);
        using Tensor transformed = call.New([WinogradTransforms.Products, chunk, inputs], x.DType);
        using Tensor products = call.New([WinogradTransforms.Products, chunk, outputs], x.DType);
        for (int first = 0; first < count; first += chunk)
        {
            int tiles = Math.Min(chunk, count - first);
            call.Kernels.Launch(
                WinogradKernels.TransformInputs, LaunchSize.Elements(call.Device, (long)tiles * inputs / Block),
                (wideX ?? x).View<T>(), bits, transformed.View<T>(), source, first, tiles);
            long items = (long)WinogradTransforms.Products * blocks * RoundUp(tiles, WinogradKernels.Rows) / WinogradKernels.Rows;
            call.Kernels.Launch(
                WinogradKernels.Multiply, LaunchSize.Elements(call.Device, items),
                transformed.View<T>(), weights.View<T>(), products.View<T>(), tiles, inputs, g.InputChannels, blocks);
            call.Kernels.Launch(
                WinogradKernels.TransformOutputs, LaunchSize.Elements(call.Device, (long)tiles * blocks),
                products.View<T>(), epilogue.InKernel<T>(biases, isWhole: wideY is null), (wideY ?? y).View<T>(), target, first, tiles);
        }

        if (wideY is not null)
            epilogue.Finish<T>(call, wideY, y);
    }

    /// <summary>
    /// dw from the sums over all tiles of the products of transformed inputs and gradients. With a mask, dy counts where its bit is set.
    /// </summary>
    /// <returns>The sums of dy's channels, where they are wanted.</returns>
    public static Tensor? WeightGradient<T>(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, ReluMask? mask, Tensor dw, bool wantsBias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = RoundUp(g.InputChannels, Block), outputs = RoundUp(g.OutputChannels, Block);
        using Tensor? wideX = Conv2dPadding.WidenChannels<T>(call, x, inputs);
        using Tensor? wideDy = Widen<T>(call, dy, mask, outputs);
        ArrayView<ushort> allBits = ReluMask.WordsOrEmpty(null, x), bits = ReluMask.WordsOrEmpty(wideDy is null ? mask : null, dy);
        (WinogradTiles source, WinogradTiles target, int count) = Tiles(Conv2dWindows.Forward(g), inputs, outputs);
        int chunk = Chunk(call, count, inputs + outputs);
        int rows = RoundUp(g.InputChannels, WinogradWeightGradientKernels.Rows);
        using Tensor transformed = call.New([WinogradTransforms.Products, chunk, inputs], x.DType);
        using Tensor gradients = call.New([WinogradTransforms.Products, chunk, outputs], x.DType);
        using Tensor sums = call.New([WinogradTransforms.Products, rows, outputs], x.DType);
        TensorElements.Fill(call, sums, 0);
        int partsOfChunk = Parts(chunk), parts = count / chunk * partsOfChunk + Parts(count % chunk);
        using Tensor? partialBias = wantsBias ? call.New([parts, outputs], x.DType) : null;
        for (int first = 0; first < count; first += chunk)
        {
            int tiles = Math.Min(chunk, count - first);
            call.Kernels.Launch(
                WinogradKernels.TransformInputs, LaunchSize.Elements(call.Device, (long)tiles * inputs / Block),
                (wideX ?? x).View<T>(), allBits, transformed.View<T>(), source, first, tiles);
            call.Kernels.Launch(
                WinogradWeightGradientKernels.TransformGradients, LaunchSize.Elements(call.Device, (long)tiles * outputs / Block),
                (wideDy ?? dy).View<T>(), bits, gradients.View<T>(), target, first, tiles);
            call.Kernels.Launch(
                WinogradWeightGradientKernels.AddProducts,
                LaunchSize.Elements(call.Device, sums.Count / (WinogradWeightGradientKernels.Rows * Block)),
                transformed.View<T>(), gradients.View<T>(), sums.View<T>(), tiles, inputs, g.InputChannels, outputs);
            if (partialBias is not null)
            {
                call.Kernels.Launch(
                    WinogradWeightGradientKernels.SumGradients, LaunchSize.Elements(call.Device, (long)Parts(tiles) * outputs / Block),
                    gradients.View<T>(), partialBias.View<T>(), tiles, first / chunk * partsOfChunk, outputs);
            }
        }

        using Tensor? wideDw = outputs == g.OutputChannels ? null : call.New([dw.Count / g.OutputChannels, outputs], x.DType);
        call.Kernels.Launch(
            WinogradWeightGradientKernels.TransformSums, LaunchSize.Elements(call.Device, (long)g.InputChannels * outputs / Block),
            sums.View<T>(), (wideDw ?? dw).View<T>(), g.InputChannels, outputs);
        if (wideDw is not null)
        {
            call.Kernels.Launch(
                PaddingKernels.NarrowChannels, call.Elements(dw), wideDw.View<T>(), dw.View<T>(), outputs, g.OutputChannels);
        }

        return partialBias is null ? null : BiasGradient<T>(call, partialBias, g.OutputChannels);
    }

    /// <summary>The sums of the first channels of some rows.</summary>
    private static Tensor BiasGradient<T>(DeviceCall call, Tensor rows, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = rows.Shape[1];
        Tensor sums = ReductionLaunch.Run<T, SumReduction>(call, rows, [width], T.One);
        if (width == channels)
            return sums;
        Tensor narrow = call.New([channels], rows.DType);
        call.Kernels.Launch(PaddingKernels.NarrowChannels, call.Elements(narrow), sums.View<T>(), narrow.View<T>(), width, channels);
        return narrow;
    }

    /// <summary>x in whole blocks of channels, masked if there is a mask; null where it has them already.</summary>
    private static Tensor? Widen<T>(DeviceCall call, Tensor x, ReluMask? mask, int channels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        mask is null || x.Shape[3] == channels
            ? Conv2dPadding.WidenChannels<T>(call, x, channels) : mask.Apply<T>(call, x, channels);

    /// <summary>How many numbers the sum of a chunk's gradients is first cut into.</summary>
    private static int Parts(int tiles) =>
        RoundUp(tiles, WinogradWeightGradientKernels.TilesOfSum) / WinogradWeightGradientKernels.TilesOfSum;

    /// <summary>The 36 matrices of weights, [36, blocks, C, 16].</summary>
    private static Tensor TransformWeights<T>(DeviceCall call, Conv2dWindows g, Tensor w, bool rotate, int blocks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Tensor packed = call.New([blocks, g.Depth, Block], w.DType);
        call.Kernels.Launch(
            PaddingKernels.PackWeight, call.Elements(packed), w.View<T>(), packed.View<T>(), g, Block, rotate ? 1 : 0);
        Tensor transformed = call.New([WinogradTransforms.Products, blocks, g.InputChannels, Block], w.DType);
        call.Kernels.Launch(
            WinogradKernels.TransformWeights, LaunchSize.Elements(call.Device, (long)blocks * g.InputChannels),
            packed.View<T>(), transformed.View<T>(), g.InputChannels);
        return transformed;
    }

    /// <summary>The tiles that are read and those that are written, and how many there are in the whole batch.</summary>
    private static (WinogradTiles Source, WinogradTiles Target, int Count) Tiles(Conv2dWindows g, int inputs, int outputs)
    {
        int down = RoundUp(g.OutputHeight, WinogradTransforms.Outputs) / WinogradTransforms.Outputs;
        int across = RoundUp(g.OutputWidth, WinogradTransforms.Outputs) / WinogradTransforms.Outputs;
        return (
            new WinogradTiles(g.InputHeight, g.InputWidth, inputs, down, across, g.Top, WinogradTransforms.Inputs),
            new WinogradTiles(g.OutputHeight, g.OutputWidth, outputs, down, across, 0, WinogradTransforms.Outputs),
            checked(g.Batch * down * across));
    }

    /// <summary>Tiles between which the device's memory and caches are shared: as many as possible, in chunks of equal size.</summary>
    private static int Chunk(DeviceCall call, int count, int channels)
    {
        int most = call.Device.Info.IsGpu ? MostElementsOnGpu : MostElementsOnProcessor;
        int fitting = Math.Max(1, most / (WinogradTransforms.Products * channels));
        int chunks = (count + fitting - 1) / fitting;
        return (count + chunks - 1) / chunks;
    }

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>Launches the kernel that shares tiles within work-groups, on devices whose groups are large enough.</summary>
internal static class TiledConv2d
{
    /// <summary>
    /// Whether the device has groups of 64 work-items. OpenCL and CUDA have; ILGPU's CPU accelerator only where asked to.
    /// </summary>
    public static bool Fits(Device device) => LaunchSize.LargestGroup(device) >= TiledConv2dKernels.Group64;

    /// <summary>
    /// y = correlation of x with w (turned by 180° and its channels swapped where <paramref name="rotate"/>), and what follows.
    /// </summary>
    public static void Run<T>(DeviceCall call, Conv2dWindows g, Tensor x, Tensor w, bool rotate, Epilogue epilogue, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Tensor? rotated = rotate ? Rotate<T>(call, g, w) : null;

        // The kernel pads and crops by itself but knows no zeros between pixels.
        using Tensor? spread = g.Spread > 1 ? Conv2dPadding.WriteOutZeros<T>(call, ref g, x) : null;
        var grid = new Index2D(Tiles(g.OutputPixels), Tiles(g.OutputChannels));
        call.Kernels.Launch(
            TiledConv2dKernels.Forward, new KernelConfig(grid, new Index2D(TiledConv2dKernels.Group64, 1)),
            (spread ?? x).View<T>(), (rotated ?? w).View<T>(), TensorElements.ViewOrEmpty<T>(epilogue.Bias, w), y.View<T>(), g);
        epilogue.Finish<T>(call, y, y);
    }

    private static Tensor Rotate<T>(DeviceCall call, Conv2dWindows g, Tensor w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor rotated = call.New([g.KernelHeight, g.KernelWidth, g.InputChannels, g.OutputChannels], w.DType);
        call.Kernels.Launch(PaddingKernels.PackWeight, call.Elements(rotated), w.View<T>(), rotated.View<T>(), g, g.OutputChannels, 1);
        return rotated;
    }

    private static int Tiles(int count) => (count + TiledConv2dKernels.Group64 - 1) / TiledConv2dKernels.Group64;
}

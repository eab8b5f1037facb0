using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Where an element-wise function runs: float32 on the processor as vector loops, everything else as ILGPU kernels.</summary>
internal static class ElementwiseLaunch
{
    public static unsafe void Map<T, TOp>(DeviceCall call, Tensor x, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryOp
    {
        if (y.Count == 0)
            return;
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
            host.Run(new MapWork<TOp>(x.Pointer, y.Pointer, y.Count));
        else
            call.Kernels.Launch(ElementwiseKernels.Map<T, TOp>, call.Elements(y), x.View<T>(), y.View<T>());
    }

    public static unsafe void MapScalar<T, TOp>(DeviceCall call, Tensor x, Tensor y, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IScalarOp
    {
        if (y.Count == 0)
            return;
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
            host.Run(new ScalarMapWork<TOp>(x.Pointer, float.CreateTruncating(a), float.CreateTruncating(b), y.Pointer, y.Count));
        else
            call.Kernels.Launch(ElementwiseKernels.MapScalar<T, TOp>, call.Elements(y), x.View<T>(), y.View<T>(), a, b);
    }

    public static unsafe void Zip<T, TOp>(DeviceCall call, Tensor x, Tensor y, Tensor z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryOp
    {
        if (z.Count == 0)
            return;
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
            host.Run(new ZipWork<TOp>(x.Pointer, y.Pointer, z.Pointer, z.Count));
        else
            call.Kernels.Launch(ElementwiseKernels.Zip<T, TOp>, call.Elements(z), x.View<T>(), y.View<T>(), z.View<T>());
    }

    public static unsafe void ZipChannels<T, TOp>(DeviceCall call, Tensor x, Tensor y, Tensor z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryOp
    {
        if (z.Count == 0)
            return;
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
            host.Run(new ZipChannelsWork<TOp>(x.Pointer, y.Pointer, z.Pointer, z.Count, y.Count, host));
        else
            call.Kernels.Launch(ElementwiseKernels.ZipChannels<T, TOp>, call.Elements(z), x.View<T>(), y.View<T>(), z.View<T>());
    }
}

using System.Numerics;
using Zssr.Tensors.Kernels;

namespace Zssr.Tensors;

/// <summary>Launches the kernels that are the definition. They fit every size on every device.</summary>
internal static class NaiveConvolution
{
    /// <summary>y of x and w, with its bias and all that follows.</summary>
    public static void Forward<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor w, BlockEnd end, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(
            NaiveConvolutionKernels.Forward, call.Elements(y),
            x.View<T>(), w.View<T>(), DirectConvolution.ViewOrEmpty<T>(end.Bias, w), y.View<T>(), g);
        end.Finish<T>(call, y, y);
    }

    /// <summary>dx of dy and w, and what is added to it.</summary>
    public static void InputGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor dy, Tensor w, BlockEnd end, Tensor dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(NaiveConvolutionKernels.InputGradient, call.Elements(dx), dy.View<T>(), w.View<T>(), dx.View<T>(), g);
        end.Finish<T>(call, dx, dx);
    }

    /// <summary>dw of x and dy.</summary>
    public static void WeightGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, Tensor dw)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Kernels.Launch(NaiveConvolutionKernels.WeightGradient, call.Elements(dw), x.View<T>(), dy.View<T>(), dw.View<T>(), g);
}

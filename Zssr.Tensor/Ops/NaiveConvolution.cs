using System.Numerics;
using Zssr.Tensors.Kernels;

namespace Zssr.Tensors;

/// <summary>Launches the kernels that are the definition. They fit every size on every device.</summary>
internal static class NaiveConvolution
{
    /// <summary>y of x, w and bias.</summary>
    public static void Forward<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor w, Tensor? bias, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Kernels.Launch(
            NaiveConvolutionKernels.Forward, call.Elements(y),
            x.View<T>(), w.View<T>(), DirectConvolution.ViewOrEmpty<T>(bias, w), y.View<T>(), g);

    /// <summary>dx of dy and w.</summary>
    public static void InputGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor dy, Tensor w, Tensor dx)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Kernels.Launch(NaiveConvolutionKernels.InputGradient, call.Elements(dx), dy.View<T>(), w.View<T>(), dx.View<T>(), g);

    /// <summary>dw of x and dy.</summary>
    public static void WeightGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, Tensor dw)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Kernels.Launch(NaiveConvolutionKernels.WeightGradient, call.Elements(dw), x.View<T>(), dy.View<T>(), dw.View<T>(), g);
}

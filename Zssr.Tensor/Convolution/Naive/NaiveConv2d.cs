using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Launches the kernels that are the definition. They fit every size on every device.</summary>
internal static class NaiveConv2d
{
    /// <summary>y of x and w, with its bias and all that follows.</summary>
    public static void Forward<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor w, Epilogue epilogue, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(
            NaiveConv2dKernels.Forward, call.Elements(y),
            x.View<T>(), w.View<T>(), TensorElements.ViewOrEmpty<T>(epilogue.Bias, w), y.View<T>(), g);
        epilogue.Finish<T>(call, y, y);
    }

    /// <summary>dx of dy and w, and what is added to it.</summary>
    public static void InputGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor dy, Tensor w, Epilogue epilogue, Tensor dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(NaiveConv2dKernels.InputGradient, call.Elements(dx), dy.View<T>(), w.View<T>(), dx.View<T>(), g);
        epilogue.Finish<T>(call, dx, dx);
    }

    /// <summary>dw of x and dy.</summary>
    public static void WeightGradient<T>(DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, Tensor dw)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Kernels.Launch(NaiveConv2dKernels.WeightGradient, call.Elements(dw), x.View<T>(), dy.View<T>(), dw.View<T>(), g);
}

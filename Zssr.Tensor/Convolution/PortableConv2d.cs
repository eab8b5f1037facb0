using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// The convolution and its gradients by ILGPU kernels, those that are asked for or that <see cref="Conv2dTuner"/> chooses, with what a
/// <see cref="Conv2dBlock"/> does besides: Winograd's and the direct kernels do it on the way, the others in one pass more.
/// </summary>
internal static class PortableConv2d
{
    /// <summary>y = f(conv2d(x, weight) + bias) + residual.</summary>
    public static void Forward<T>(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor weight, Epilogue epilogue, Tensor y, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Conv2dTuner.Of(call.Device).Run(call, Conv2dPass.Forward, g, x.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Tiled)
                TiledConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, weight, rotate: false, epilogue, y);
            else if (algorithm == Conv2dAlgorithm.Direct)
                DirectConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, weight, rotate: false, epilogue, y);
            else if (algorithm == Conv2dAlgorithm.Winograd)
                WinogradConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, mask: null, weight, rotate: false, epilogue, y);
            else
                NaiveConv2d.Forward<T>(call, g, x, weight, epilogue, y);
        });
    }

    /// <summary>
    /// dx = the transposed convolution of dz with weight, plus what the epilogue adds; dz = dy where the mask's bit is set, else 0.
    /// </summary>
    public static void InputGradient<T>(
        DeviceCall call, Conv2dGeometry g, Tensor dy, ReluMask? mask, Tensor weight, Epilogue epilogue, Tensor dx, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Conv2dTuner.Of(call.Device).Run(call, Conv2dPass.InputGradient, g, dy.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Winograd)
            {
                WinogradConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dy, mask, weight, rotate: true, epilogue, dx);
                return;
            }

            using Tensor? masked = mask?.Apply<T>(call, dy, g.OutputChannels);
            Tensor dz = masked ?? dy;
            if (algorithm == Conv2dAlgorithm.Tiled)
                TiledConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dz, weight, rotate: true, epilogue, dx);
            else if (algorithm == Conv2dAlgorithm.Direct)
                DirectConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dz, weight, rotate: true, epilogue, dx);
            else
                NaiveConv2d.InputGradient<T>(call, g, dz, weight, epilogue, dx);
        });
    }

    /// <summary>dw = the correlation of x with dz; dz = dy where the mask's bit is set, else 0.</summary>
    /// <returns>db, the sums of dz's channels, where they are wanted.</returns>
    public static Tensor? WeightGradient<T>(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, ReluMask? mask, Tensor dw, bool wantsBias, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor? db = null;
        Conv2dTuner.Of(call.Device).Run(call, Conv2dPass.WeightGradient, g, x.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Winograd)
            {
                db = WinogradConv2d.WeightGradient<T>(call, g, x, dy, mask, dw, wantsBias);
                return;
            }

            using Tensor? masked = mask?.Apply<T>(call, dy, g.OutputChannels);
            Tensor dz = masked ?? dy;
            if (algorithm == Conv2dAlgorithm.Direct)
                DirectConv2d.WeightGradient<T>(call, g, x, dz, dw);
            else
                NaiveConv2d.WeightGradient<T>(call, g, x, dz, dw);
            if (wantsBias)
                db = ReductionLaunch.Run<T, SumReduction>(call, dz, [g.OutputChannels], T.One);
        });
        return db;
    }
}

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
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor weight, Epilogue end, Tensor y, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Device.ConvolutionTuner.Run(call, Conv2dPass.Forward, g, x.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Tiled)
                TiledConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, weight, rotate: false, end, y);
            else if (algorithm == Conv2dAlgorithm.Direct)
                DirectConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, weight, rotate: false, end, y);
            else if (algorithm == Conv2dAlgorithm.Winograd)
                WinogradConv2d.Run<T>(call, Conv2dWindows.Forward(g), x, mask: null, weight, rotate: false, end, y);
            else
                NaiveConv2d.Forward<T>(call, g, x, weight, end, y);
        });
    }

    /// <summary>
    /// dx = the transposed convolution of dz with weight, plus what the end adds; dz = dy where the mask's bit is set, else 0.
    /// </summary>
    public static void InputGradient<T>(
        DeviceCall call, Conv2dGeometry g, Tensor dy, ReluMask? mask, Tensor weight, Epilogue end, Tensor dx, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Device.ConvolutionTuner.Run(call, Conv2dPass.InputGradient, g, dy.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Winograd)
            {
                WinogradConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dy, mask, weight, rotate: true, end, dx);
                return;
            }

            using Tensor? masked = Masked<T>(call, dy, mask, g.OutputChannels);
            Tensor dz = masked ?? dy;
            if (algorithm == Conv2dAlgorithm.Tiled)
                TiledConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dz, weight, rotate: true, end, dx);
            else if (algorithm == Conv2dAlgorithm.Direct)
                DirectConv2d.Run<T>(call, Conv2dWindows.InputGradient(g), dz, weight, rotate: true, end, dx);
            else
                NaiveConv2d.InputGradient<T>(call, g, dz, weight, end, dx);
        });
    }

    /// <summary>dw = the correlation of x with dz; dz = dy where the mask's bit is set, else 0.</summary>
    /// <returns>db, the sums of dz's channels, where they are wanted.</returns>
    public static Tensor? WeightGradient<T>(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, ReluMask? mask, Tensor dw, bool wantsBias, Conv2dAlgorithm asked)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor? db = null;
        call.Device.ConvolutionTuner.Run(call, Conv2dPass.WeightGradient, g, x.DType, asked, algorithm =>
        {
            if (algorithm == Conv2dAlgorithm.Winograd)
            {
                db = WinogradConv2d.WeightGradient<T>(call, g, x, dy, mask, dw, wantsBias);
                return;
            }

            using Tensor? masked = Masked<T>(call, dy, mask, g.OutputChannels);
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

    /// <summary>dz with zeros in further channels; null where there is no mask.</summary>
    public static Tensor? Masked<T>(DeviceCall call, Tensor dy, ReluMask? mask, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (mask is null)
            return null;
        int own = dy.Shape[3];
        Tensor dz = call.New([dy.Shape[0], dy.Shape[1], dy.Shape[2], channels], dy.DType);
        long items = (long)(dy.Count / own) * ReluMask.WordsPerPixel(own);
        call.Kernels.Launch(
            EpilogueKernels.Mask, LaunchSize.Elements(call.Device, items),
            dy.View<T>(), ReluMask.WordsOrEmpty(mask, dy), dz.View<T>(), own, channels);
        return dz;
    }
}

using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Copies of images that have what a kernel counts on: zeros written out, channels in whole blocks.</summary>
internal static class Conv2dPadding
{
    /// <summary>x with its zeros written out, and the correlation without any; null where nothing has to be added.</summary>
    public static Tensor? WriteOutZeros<T>(DeviceCall call, ref Conv2dWindows g, Tensor x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool covered = g.CoveredHeight <= g.InputHeight && g.CoveredWidth <= g.InputWidth;
        if (g.Spread == 1 && g.Top == 0 && g.Left == 0 && covered)
            return null;

        Tensor padded = call.New([g.Batch, g.CoveredHeight, g.CoveredWidth, g.InputChannels], x.DType);
        long runs = padded.Count / g.InputChannels * (long)Blocks(g.InputChannels, PaddingKernels.Run);
        call.Kernels.Launch(PaddingKernels.WriteOutZeros, LaunchSize.Elements(call.Device, runs), x.View<T>(), padded.View<T>(), g);
        g = g with { InputHeight = g.CoveredHeight, InputWidth = g.CoveredWidth, Spread = 1, Top = 0, Left = 0 };
        return padded;
    }

    /// <summary>x with zeros in further channels; null where it has that many already.</summary>
    public static Tensor? WidenChannels<T>(DeviceCall call, Tensor x, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int own = x.Shape[3];
        if (own == channels)
            return null;
        Tensor wide = call.New([x.Shape[0], x.Shape[1], x.Shape[2], channels], x.DType);
        call.Kernels.Launch(PaddingKernels.WidenChannels, call.Elements(wide), x.View<T>(), wide.View<T>(), own, channels);
        return wide;
    }

    /// <summary>How many blocks of a length hold so many, the last perhaps not full.</summary>
    public static int Blocks(int count, int length) => (count + length - 1) / length;
}

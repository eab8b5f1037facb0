using System.Numerics;

namespace Zssr.Tensors;

/// <summary>What comes after the sums of a convolution, y = f(sum + bias) + residual, as tensors.</summary>
/// <remarks>Kernels take it as a <see cref="KernelEpilogue{T}"/>, the processor's code as a <see cref="HostEpilogue"/>.</remarks>
/// <param name="Bias">[K], or null for none.</param>
/// <param name="HasRelu">Whether f is ReLU; otherwise it is nothing.</param>
/// <param name="Residual">Of y's shape, or null for none.</param>
/// <param name="Mask">Gets the bits where f passed its input, or null if no gradient will want them.</param>
internal readonly record struct Epilogue(Tensor? Bias = null, bool HasRelu = false, Tensor? Residual = null, ReluMask? Mask = null)
{
    /// <summary>Whether nothing but the bias is added.</summary>
    public bool IsOnlyBias => !HasRelu && Residual is null;

    /// <summary>For the processor's code.</summary>
    public unsafe HostEpilogue OnHost => new(
        Bias is null ? null : Bias.Pointer, HasRelu, Residual is null ? null : Residual.Pointer, Mask is null ? null : Mask.Pointer);

    /// <summary>For a kernel that computes blocks of 16 channels.</summary>
    /// <param name="bias">The bias, filled up to whole blocks with zeros.</param>
    /// <param name="isWhole">Whether the kernel does it all. If not, it adds the bias and leaves the rest to <see cref="Finish"/>.</param>
    public KernelEpilogue<T> InKernel<T>(Tensor bias, bool isWhole)
        where T : unmanaged, IFloatingPointIeee754<T> => isWhole
        ? new(bias.View<T>(), Floor<T>(), TensorElements.ViewOrEmpty<T>(Residual, bias), ReluMask.WordsOrEmpty(Mask, bias))
        : new Epilogue().InKernel<T>(bias, isWhole: true);

    /// <summary>y of sums that have their bias, as a pass of its own; nothing where y holds them already and no more is asked.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="sums">[…, as many channels as y has or more], or y itself.</param>
    /// <param name="y">[…, K].</param>
    public void Finish<T>(DeviceCall call, Tensor sums, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = sums.Shape[^1], channels = y.Shape[^1];
        if (!IsOnlyBias)
        {
            long items = (long)(y.Count / channels) * ReluMask.WordsPerPixel(channels);
            call.Kernels.Launch(
                EpilogueKernels.Finish, LaunchSize.Elements(call.Device, items),
                sums.View<T>(), y.View<T>(), TensorElements.ViewOrEmpty<T>(Residual, sums), ReluMask.WordsOrEmpty(Mask, sums),
                Floor<T>(), width, channels);
        }
        else if (sums != y)
        {
            call.Kernels.Launch(PaddingKernels.NarrowChannels, call.Elements(y), sums.View<T>(), y.View<T>(), width, channels);
        }
    }

    private T Floor<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => HasRelu ? T.Zero : T.NegativeInfinity;
}

using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// What <see cref="Conv2dBlock"/> remembers of the inputs of its ReLU for the gradients: one bit for each element, set where it was
/// positive or NaN. A 32nd of the memory that the values themselves would take. Dispose it after its last use.
/// </summary>
public sealed class ReluMask : IDisposable
{
    private readonly Tensor _bytes;

    private ReluMask(Shape shape, Tensor bytes) => (Shape, _bytes) = (shape, bytes);

    /// <summary>The shape of the values whose bits these are, [N, H, W, C].</summary>
    public Shape Shape { get; }

    /// <summary>The memory that the bits take, in bytes.</summary>
    public long Bytes => (long)_bytes.Count * _bytes.DType.Size();

    /// <summary>The bits in host memory, as <see cref="ReluBits"/> orders them; only on the processor.</summary>
    internal unsafe byte* Pointer => (byte*)_bytes.Pointer;

    /// <summary>Numbers of a pixel as kernels see them.</summary>
    internal static int WordsPerPixel(int channels) => ReluBits.BytesPerPixel(channels) / sizeof(ushort);

    /// <summary>
    /// The bits as kernels see them, <see cref="BlockBits"/> that lie as <see cref="ReluBits"/> do: of length 0 where there is no mask
    /// (some memory has to stand in for it).
    /// </summary>
    internal static ArrayView<ushort> WordsOrEmpty(ReluMask? mask, Tensor standIn) => mask is null
        ? standIn.NoElements<ushort>()
        : mask._bytes.View<float>().Cast<ushort>();

    /// <summary>What holds the bits, for checks of device and life.</summary>
    internal Tensor Holder => _bytes;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>Room for the bits of values of a shape, to be handed over by <see cref="Result"/>.</summary>
    internal static ReluMask New(DeviceCall call, Shape shape)
    {
        // Tensors have no bytes of their own; an element of float32 holds four, and nobody outside sees it.
        long bytes = (long)shape[0] * shape[1] * shape[2] * ReluBits.BytesPerPixel(shape[3]);
        return new ReluMask(shape, call.New([checked((int)((bytes + sizeof(float) - 1) / sizeof(float)))], DType.Float32));
    }

    /// <summary>dz = dy where the bit is set, else 0, with zeros in further channels.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="dy">Of the mask's shape.</param>
    /// <param name="channels">Channels of dz, as many as dy has or the next multiple of 16.</param>
    internal Tensor Apply<T>(DeviceCall call, Tensor dy, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int own = dy.Shape[3];
        Tensor dz = call.New([dy.Shape[0], dy.Shape[1], dy.Shape[2], channels], dy.DType);
        long items = (long)(dy.Count / own) * WordsPerPixel(own);
        call.Kernels.Launch(
            EpilogueKernels.Mask, LaunchSize.Elements(call.Device, items),
            dy.View<T>(), WordsOrEmpty(this, dy), dz.View<T>(), own, channels);
        return dz;
    }

    /// <summary>Hands the mask to the caller, who owns it from now on.</summary>
    internal ReluMask Result(DeviceCall call)
    {
        call.Result(_bytes);
        return this;
    }
}

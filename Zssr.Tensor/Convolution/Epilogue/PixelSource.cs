using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Pixels that a convolution or a gradient reads: a tensor as it is, or the gradient of a ReLU, dy where the bit is set and 0 elsewhere,
/// which is made while it is read and never stored as a whole.
/// </summary>
/// <param name="pixels">[pixels, channels].</param>
/// <param name="bits">[pixels, <see cref="ReluBits.BytesPerPixel"/>], or null for the tensor as it is.</param>
internal readonly unsafe struct PixelSource(float* pixels, byte* bits = null)
{
    /// <summary>dy, masked if there is a mask.</summary>
    public static PixelSource Of(Tensor dy, ReluMask? mask) => new(dy.Pointer, mask is null ? null : mask.Pointer);

    /// <summary>The tensor, without regard to the bits.</summary>
    public float* Pixels => pixels;

    /// <summary>Whether the pixels are to be read as they are.</summary>
    public bool IsPlain => bits == null;

    /// <summary>Copies neighbouring pixels.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="channels">Floats of a pixel.</param>
    /// <param name="to">[count, channels].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy<V, S>(long first, int count, int channels, float* to)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* from = pixels + first * channels;
        if (bits == null)
        {
            long bytes = (long)count * channels * sizeof(float);
            Buffer.MemoryCopy(from, to, bytes, bytes);
            return;
        }

        int bytesPerPixel = ReluBits.BytesPerPixel(channels);
        byte* positive = bits + first * bytesPerPixel;
        int wholeVectors = channels / S.Lanes * S.Lanes;
        for (int pixel = 0; pixel < count; pixel++, from += channels, to += channels, positive += bytesPerPixel)
        {
            int channel = 0;
            for (; channel < wholeVectors; channel += S.Lanes)
                S.Store(S.Keep(S.Load(from + channel), ReluBits.Load<V, S>(positive, channel)), to + channel);
            for (; channel < channels; channel++)
                to[channel] = ReluBits.Load(positive, channel) ? from[channel] : 0;
        }
    }
}

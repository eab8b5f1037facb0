using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// What the gradient of ReLU has to remember of its input: one bit for each element, set where it was positive or NaN. A pixel starts
/// with a whole number of 16 bits, and channel c is bit c mod 8 of its byte c / 8. The bits beyond the last channel mean nothing.
/// </summary>
internal static unsafe class ReluBits
{
    private const int BitsPerByte = 8;
    private const int BitsPerWord = 16;

    /// <summary>Bytes of a pixel.</summary>
    public static int BytesPerPixel(int channels) => (channels + BitsPerWord - 1) / BitsPerWord * (BitsPerWord / BitsPerByte);

    /// <summary>Stores the bits of one vector of a pixel's channels. Vectors must come in order: one of 4 lanes shares a byte with the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, S>(uint bits, byte* pixel, int channel)
        where V : struct
        where S : struct, ISimd<V>
    {
        byte* first = pixel + channel / BitsPerByte;
        if (S.Lanes == 16)
            *(ushort*)first = (ushort)bits;
        else if (S.Lanes == 8 || channel % BitsPerByte == 0)
            *first = (byte)bits;
        else
            *first |= (byte)(bits << S.Lanes);
    }

    /// <summary>The bits of one vector of a pixel's channels, the first channel's lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Load<V, S>(byte* pixel, int channel)
        where V : struct
        where S : struct, ISimd<V>
    {
        byte* first = pixel + channel / BitsPerByte;
        if (S.Lanes == 16)
            return *(ushort*)first;
        return S.Lanes == 8 ? *first : (uint)(*first >> (channel % BitsPerByte));
    }

    /// <summary>Stores a single channel's bit; channels must come in order.</summary>
    public static void Store(bool bit, byte* pixel, int channel)
    {
        byte* first = pixel + channel / BitsPerByte;
        int earlier = channel % BitsPerByte == 0 ? 0 : *first;
        *first = (byte)(earlier | ((bit ? 1 : 0) << (channel % BitsPerByte)));
    }

    /// <summary>A single channel's bit.</summary>
    public static bool Load(byte* pixel, int channel) => ((pixel[channel / BitsPerByte] >> (channel % BitsPerByte)) & 1) != 0;
}

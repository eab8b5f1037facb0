using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// What happens to the sums of a convolution while they are still at hand: y = f(sum + bias) + residual, f being ReLU or nothing.
/// </summary>
/// <param name="bias">[channels], or null for none.</param>
/// <param name="hasRelu">Whether f is ReLU.</param>
/// <param name="residual">[pixels, channels] of the target, or null for none.</param>
/// <param name="bits">[pixels, <see cref="ReluBits.BytesPerPixel"/>] of the target, to be written; null if no gradient will want them.</param>
internal readonly unsafe struct HostEpilogue(float* bias = null, bool hasRelu = false, float* residual = null, byte* bits = null)
{
    /// <summary>Finishes pixels first, first + step, first + 2·step, … of the target.</summary>
    /// <param name="sums">The sums, one pixel after the other.</param>
    /// <param name="sumStep">Floats from one pixel's sums to the next.</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="target">The whole target, [pixels, channels].</param>
    /// <param name="first">Index of the first pixel.</param>
    /// <param name="step">From one pixel to the next.</param>
    /// <param name="channels">Floats of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write<V, S>(float* sums, nint sumStep, int count, float* target, long first, int step, int channels)
        where V : struct
        where S : struct, ISimd<V>
    {
        int bytesPerPixel = ReluBits.BytesPerPixel(channels);
        int wholeVectors = channels / S.Lanes * S.Lanes;
        for (int i = 0; i < count; i++, sums += sumStep)
        {
            long pixel = first + (long)i * step;
            float* to = target + pixel * channels;
            float* added = residual == null ? null : residual + pixel * channels;
            byte* positive = bits == null ? null : bits + pixel * bytesPerPixel;
            int channel = 0;
            for (; channel < wholeVectors; channel += S.Lanes)
            {
                V value = S.Load(sums + channel);
                if (bias != null)
                    value = S.Add(value, S.Load(bias + channel));
                if (positive != null)
                    ReluBits.Store<V, S>(S.PositiveBits(value), positive, channel);
                if (hasRelu)
                    value = S.Select(S.LessThan(value, S.Zero), S.Zero, value);
                if (added != null)
                    value = S.Add(value, S.Load(added + channel));
                S.Store(value, to + channel);
            }

            for (; channel < channels; channel++)
            {
                float value = bias == null ? sums[channel] : sums[channel] + bias[channel];
                if (positive != null)
                    ReluBits.Store(!(value <= 0), positive, channel);
                if (hasRelu && value < 0)
                    value = 0;
                to[channel] = added == null ? value : value + added[channel];
            }
        }
    }
}

using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>What sons get besides plain noise, so that they have gone through what the image has: noise of each channel, and JPEG.</summary>
/// <param name="settings">Which.</param>
/// <param name="peak">The value of white.</param>
/// <param name="seed">Which random numbers.</param>
/// <param name="stage">Which training of a run it is for.</param>
internal sealed class SonDamage(PairSettings settings, double peak, ulong seed, int stage)
{
    /// <summary>A small son with the damage.</summary>
    /// <param name="son">[1, h, w, C], values 0…peak. Becomes the result, or is freed.</param>
    /// <param name="number">Which son of the training: each has random numbers of its own.</param>
    public Tensor Apply(Tensor son, int number)
    {
        if (settings is { ChannelNoise: null, Compression: null })
            return son;
        using (son)
        {
            var random = new PhiloxRandom(seed, RandomStreams.Damage(stage, number));
            (int height, int width, int channels) = (son.Shape[1], son.Shape[2], son.Shape[3]);
            float[] values = son.ToArray();
            foreach (ref float value in values.AsSpan())
                value /= (float)peak;
            if (settings.ChannelNoise is { } noise)
                AddNoise(values, noise, random);
            if (settings.Compression is { } jpeg)
            {
                int top = random.NextInt32(JpegCompression.Side * jpeg.Down), left = random.NextInt32(JpegCompression.Side * jpeg.Across);
                JpegDamage.Apply(values, height, width, channels, jpeg, top, left);
            }

            foreach (ref float value in values.AsSpan())
                value *= (float)peak;
            return Tensor.From(son.Device, son.Shape, values);
        }
    }

    private static void AddNoise(float[] values, IReadOnlyList<NoiseLevel> noise, PhiloxRandom random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Math.Clamp(values[i] + random.NextNormal(0, noise[i % noise.Count].At(values[i])), 0, 1);
    }
}

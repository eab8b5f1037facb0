using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Makes sons from fathers: shrink, add noise, clamp.</summary>
internal static class Sons
{
    /// <summary>The son of a father [1, h, w, C], still small.</summary>
    /// <param name="father">The father, values 0…peak.</param>
    /// <param name="rescaling">How it shrinks.</param>
    /// <param name="scale">By how much; the network is to undo it.</param>
    /// <param name="noise">Standard deviation of the noise, with values 0…peak.</param>
    /// <param name="peak">The value of white.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">Which of the seed's sequences.</param>
    public static Tensor Small(Tensor father, Rescaling rescaling, Scale scale, double noise, double peak, ulong seed, ulong stream)
    {
        (int height, int width) = rescaling.SonSize(father.Shape[1], father.Shape[2], scale);
        using Tensor shrunk = rescaling.Shrink(father, scale, height, width);
        if (noise == 0)
            return Elementwise.Clamp(shrunk, 0, peak);
        using Tensor deviations = RandomTensors.Normal(father.Device, shrunk.Shape, seed, stream, standardDeviation: noise);
        using Tensor noisy = Elementwise.Add(shrunk, deviations);
        return Elementwise.Clamp(noisy, 0, peak);
    }

    /// <summary>The son as the network gets it: interpolated to the father's size.</summary>
    public static Tensor Enlarged(Tensor father, Rescaling rescaling, Scale scale, double noise, double peak, ulong seed, ulong stream)
    {
        using Tensor small = Small(father, rescaling, scale, noise, peak, seed, stream);
        return rescaling.Enlarge(small, scale, father.Shape[1], father.Shape[2]);
    }
}

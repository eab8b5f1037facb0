using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Makes sons from fathers: shrink, add noise, clamp, and interpolate, unless the network does that.</summary>
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

    /// <summary>
    /// The son as the network gets it: interpolated to the father's size, or still small for a network that enlarges itself.
    /// </summary>
    /// <param name="father">The father, values 0…peak.</param>
    /// <param name="rescaling">How it shrinks, and how the son is enlarged.</param>
    /// <param name="scale">By how much; the network is to undo it.</param>
    /// <param name="noise">Standard deviation of the noise, with values 0…peak.</param>
    /// <param name="peak">The value of white.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">Which of the seed's sequences.</param>
    /// <param name="smallSons">Whether the son stays small.</param>
    /// <param name="damage">What else happens to the small son, which it takes and gives back; null for nothing.</param>
    public static Tensor Of(
        Tensor father, Rescaling rescaling, Scale scale, double noise, double peak, ulong seed, ulong stream, bool smallSons,
        Func<Tensor, Tensor>? damage = null)
    {
        Tensor small = Small(father, rescaling, scale, noise, peak, seed, stream);
        small = damage?.Invoke(small) ?? small;
        if (smallSons)
            return small;
        using (small)
            return rescaling.Enlarge(small, scale, father.Shape[1], father.Shape[2]);
    }

    /// <summary>
    /// Rows or columns of a father: rounded down to a multiple of the scale for small sons, so that each pixel of the son stands for a whole
    /// block; else unchanged.
    /// </summary>
    public static int FatherSide(int side, double scale, bool smallSons) => smallSons ? Math.Max(side / (int)scale, 1) * (int)scale : side;

    /// <summary>
    /// Rows and columns that an image must have at least to be shrunk for fathers: one with small sons as many as make one pixel of a son.
    /// </summary>
    public static int LeastSide(Scale scale, bool smallSons) =>
        smallSons ? Math.Max(ArticlePairs.SmallestSide, (int)Math.Max(scale.Vertical, scale.Horizontal)) : ArticlePairs.SmallestSide;

    /// <summary>Fathers with small sons need a whole scale.</summary>
    public static void RequireWhole(Scale scale, bool smallSons)
    {
        if (smallSons && !WholeScale.AtLeast(scale).ToScale().Equals(scale))
            throw new ArgumentException($"pairs: small sons need a whole scale, but it is {scale}.", nameof(scale));
    }
}

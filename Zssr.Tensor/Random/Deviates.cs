namespace Zssr.Tensors;

/// <summary>Random bits turned into random numbers of a distribution.</summary>
internal static class Deviates
{
    /// <summary>Uniform in [0, 1): one of 2⁵³ equally spaced numbers, each exact in float64, from the highest bits of two words.</summary>
    public static double Uniform(uint high, uint low) => (((ulong)high << 32 | low) >> 11) * (1.0 / (1L << 53));

    /// <summary>Uniform in [0, 1): one of 2²⁴ equally spaced numbers, each exact in float32, from the highest bits of a word.</summary>
    public static double UniformSingle(uint word) => (word >> 8) * (1.0 / (1 << 24));

    /// <summary>
    /// Two independent numbers of the standard normal distribution (Box and Muller 1958): in polar coordinates the pair's angle is
    /// uniform and half of its squared radius exponential. The largest possible value is √(2 · 53 · ln 2) ≈ 8.57.
    /// </summary>
    public static (double First, double Second) NormalPair(PhiloxBlock block)
    {
        // 1 − u is in (0, 1], so that the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(block.Word0, block.Word1)));
        (double sine, double cosine) = Math.SinCos(Math.Tau * Uniform(block.Word2, block.Word3));
        return (radius * cosine, radius * sine);
    }
}

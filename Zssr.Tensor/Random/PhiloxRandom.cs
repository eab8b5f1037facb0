namespace Zssr.Tensors;

/// <summary>
/// A sequence of random numbers drawn one after another from <see cref="Philox"/>, the same everywhere. Seed, stream and
/// <see cref="Position"/> are its whole state: a run that stores them can go on from there. Not thread-safe.
/// </summary>
/// <param name="seed">Which random numbers.</param>
/// <param name="stream">Which of the seed's independent sequences.</param>
public sealed class PhiloxRandom(ulong seed, ulong stream = 0)
{
    private PhiloxBlock _block = Philox.Block(seed, stream, 0);
    private ulong _blockIndex;

    /// <summary>The seed it was made with.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The stream it was made with.</summary>
    public ulong Stream { get; } = stream;

    /// <summary>How many 32-bit words have been drawn. Setting it jumps there, forwards or back, at no cost.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits; draws one word.</summary>
    public uint NextUInt32()
    {
        ulong index = Position / 4;
        if (index != _blockIndex)
            (_block, _blockIndex) = (Philox.Block(Seed, Stream, index), index);
        return _block[(int)(Position++ % 4)];
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³; draws two words.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32();
        return Deviates.Uniform(high, NextUInt32());
    }

    /// <summary>Uniform in 0, 1, …, bound − 1, each exactly as likely; draws one word, very seldom more.</summary>
    /// <param name="bound">How many values there are; 1 or more.</param>
    /// <remarks>
    /// D. Lemire, "Fast random integer generation in an interval", 2019: the upper half of word · bound is the result. Every result
    /// gets 2³² / bound words but for a remainder of 2³² mod bound; that many words, those with the smallest lower halves, are redrawn.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">bound is 0 or negative.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        uint remainder = (uint)((1UL << 32) % (uint)bound);
        ulong product;
        do
            product = (ulong)NextUInt32() * (uint)bound;
        while ((uint)product < remainder);
        return (int)(product >> 32);
    }

    /// <summary>Normally distributed, by the method of Box and Muller in float64; draws four words.</summary>
    /// <param name="mean">The distribution's mean.</param>
    /// <param name="standardDeviation">Its standard deviation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">standardDeviation is negative or NaN.</exception>
    public double NextNormal(double mean = 0, double standardDeviation = 1)
    {
        if (!(standardDeviation >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), $"normal: the standard deviation is {standardDeviation}; it must be 0 or more.");
        }

        var words = new PhiloxBlock(NextUInt32(), NextUInt32(), NextUInt32(), NextUInt32());
        // The pair's second number would be state beside the position; it is not kept.
        return mean + standardDeviation * Deviates.NormalPair(words).First;
    }
}

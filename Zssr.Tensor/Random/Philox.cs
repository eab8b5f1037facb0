namespace Zssr.Tensors;

/// <summary>Four random 32-bit words, as <see cref="Philox"/> makes them.</summary>
/// <param name="Word0">The first word.</param>
/// <param name="Word1">The second.</param>
/// <param name="Word2">The third.</param>
/// <param name="Word3">The fourth.</param>
public readonly record struct PhiloxBlock(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>A word by its number, 0 to 3; only the number's two lowest bits matter.</summary>
    public uint this[int word] => (word & 3) switch
    {
        0 => Word0,
        1 => Word1,
        2 => Word2,
        _ => Word3,
    };
}

/// <summary>
/// The counter-based generator Philox 4×32-10: a bijection that scrambles a 128-bit counter under a 64-bit key. It has no state, so
/// number i of a sequence needs no number before it, and whoever computes it, in whatever order, gets the same.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
/// It passes all of TestU01's BigCrush. Not for cryptography.
/// </remarks>
public static class Philox
{
    private const int Rounds = 10;

    // The paper's constants for 4×32. The key's steps are the fractional parts of the golden ratio and of √3, times 2³².
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>Block number <paramref name="index"/> of a stream.</summary>
    /// <param name="seed">The key. Different seeds give unrelated sequences.</param>
    /// <param name="stream">The counter's upper half: 2⁶⁴ sequences under one seed, none of which overlaps another.</param>
    /// <param name="index">The counter's lower half.</param>
    public static PhiloxBlock Block(ulong seed, ulong stream, ulong index)
    {
        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));
        (uint x0, uint x1, uint x2, uint x3) = ((uint)index, (uint)(index >> 32), (uint)stream, (uint)(stream >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            // Multiplying spreads every bit upwards; crossing the halves over lets the next round spread them again.
            ulong product0 = (ulong)Multiplier0 * x0;
            ulong product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = (
                (uint)(product1 >> 32) ^ x1 ^ key0,
                (uint)product1,
                (uint)(product0 >> 32) ^ x3 ^ key1,
                (uint)product0);
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }

        return new PhiloxBlock(x0, x1, x2, x3);
    }
}

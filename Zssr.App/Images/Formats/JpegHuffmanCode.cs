namespace Zssr.App.Images.Formats;

/// <summary>
/// A Huffman code of a JPEG file. Its codes are numbers that count upwards: those of one bit first, then, twice as large, those of two, and
/// so on up to 16; so it is known by how many there are of each length, and what they mean.
/// </summary>
/// <remarks>Source: ITU-T T.81, annex C and section F.2.2.3.</remarks>
internal sealed class JpegHuffmanCode
{
    /// <summary>Bits of the longest codes.</summary>
    public const int Longest = 16;

    private const int ShortBits = 9;

    // By length. Peeked bits below the limit begin with a code of this length or a shorter one; a last limit is above all.
    private readonly int[] _limits = new int[Longest + 2];
    // By length. What to add to a code for the place of its symbol.
    private readonly int[] _offsets = new int[Longest + 2];
    private readonly byte[] _symbols;
    // By the next bits, as many as most codes have: length · 256 + symbol of the code that they begin with; 0 where it is longer.
    private readonly ushort[] _short = new ushort[1 << ShortBits];

    /// <summary>Makes the codes.</summary>
    /// <param name="counts">How many there are of 1…16 bits.</param>
    /// <param name="symbols">What they mean, in their order.</param>
    /// <exception cref="InvalidDataException">There are more than can be told apart.</exception>
    public JpegHuffmanCode(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, symbol = 0;
        for (int length = 1; length <= Longest; length++)
        {
            code <<= 1;
            _offsets[length] = symbol - code;
            code += counts[length - 1];
            symbol += counts[length - 1];
            if (code > 1 << length)
                throw new InvalidDataException("a table for its pixels is damaged");
            _limits[length] = code << (Longest - length);
        }

        _limits[Longest + 1] = int.MaxValue;
        for (int bits = 0; bits < _short.Length; bits++)
        {
            int length = LengthOf(bits << (Longest - ShortBits));
            if (length <= ShortBits)
                _short[bits] = (ushort)(length << 8 | SymbolOf(bits << (Longest - ShortBits), length));
        }
    }

    /// <summary>What the next code means.</summary>
    /// <exception cref="InvalidDataException">The next bits are no code, or the data end.</exception>
    public int Decode(JpegBits bits)
    {
        int next = bits.Peek16();
        if (_short[next >> (Longest - ShortBits)] is not 0 and ushort known)
        {
            bits.Skip(known >> 8);
            return known & 0xFF;
        }

        int length = LengthOf(next);
        if (length > Longest)
            throw new InvalidDataException("its pixels are damaged");
        bits.Skip(length);
        return SymbolOf(next, length);
    }

    /// <summary>Bits of the code with which 16 bits begin; more than <see cref="Longest"/> where they begin with none.</summary>
    private int LengthOf(int bits)
    {
        int length = 1;
        while (bits >= _limits[length])
            length++;
        return length;
    }

    private byte SymbolOf(int bits, int length) => _symbols[(bits >> (Longest - length)) + _offsets[length]];
}

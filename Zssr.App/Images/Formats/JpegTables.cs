using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>The tables of a JPEG file as they stand: a later one of the same number takes the place of an earlier one.</summary>
/// <remarks>Source: ITU-T T.81, sections B.2.4.1 and B.2.4.2.</remarks>
internal sealed class JpegTables
{
    /// <summary>Tables of a kind are numbered 0…3.</summary>
    public const int Numbers = 4;

    private const int Values = 64;

    private readonly JpegHuffmanCode?[] _dc = new JpegHuffmanCode?[Numbers], _ac = new JpegHuffmanCode?[Numbers];
    private readonly int[]?[] _steps = new int[]?[Numbers];
    private bool _hasCodes;

    /// <summary>The codes of a frame of motion JPEG, which has none of its own.</summary>
    public void UseStandardCodesIfNone()
    {
        if (!_hasCodes)
            AddCodes(JpegStandardCodes.Segment);
    }

    /// <summary>The code of the blocks' mean values.</summary>
    public JpegHuffmanCode Dc(int number) => Find(_dc, number);

    /// <summary>The code of the blocks' other coefficients.</summary>
    public JpegHuffmanCode Ac(int number) => Find(_ac, number);

    /// <summary>The 64 quantisation steps of a block's coefficients, in the order of the file; that of mean values is 1 or more.</summary>
    public int[] Steps(int number) => number < Numbers && _steps[number] is { } steps && steps[0] > 0 ? steps : throw Missing();

    /// <summary>Reads a segment of Huffman codes.</summary>
    public void AddCodes(ReadOnlySpan<byte> data)
    {
        const int Head = 1 + JpegHuffmanCode.Longest;
        _hasCodes = true;
        while (data.Length > 0)
        {
            int kind = data[0] >> 4, number = data[0] & 15;
            if (kind > 1 || number >= Numbers || data.Length < Head)
                throw Damaged();
            ReadOnlySpan<byte> counts = data[1..Head];
            int count = 0;
            foreach (byte ofLength in counts)
                count += ofLength;
            if (count > data.Length - Head)
                throw Damaged();
            (kind == 0 ? _dc : _ac)[number] = new JpegHuffmanCode(counts, data.Slice(Head, count));
            data = data[(Head + count)..];
        }
    }

    /// <summary>Reads a segment of quantisation steps, of 8 or 16 bits each.</summary>
    public void AddSteps(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            int bytes = 1 + (data[0] >> 4), number = data[0] & 15;
            if (bytes > 2 || number >= Numbers || data.Length < 1 + Values * bytes)
                throw Damaged();
            int[] steps = new int[Values];
            for (int i = 0; i < Values; i++)
                steps[i] = bytes == 1 ? data[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(data[(1 + 2 * i)..]);
            _steps[number] = steps;
            data = data[(1 + Values * bytes)..];
        }
    }

    private static JpegHuffmanCode Find(JpegHuffmanCode?[] codes, int number) => codes[number] ?? throw Missing();

    private static InvalidDataException Missing() => new("a table for its pixels is missing");

    private static InvalidDataException Damaged() => new("a table for its pixels is damaged");
}

namespace Zssr.App.Images.Formats;

/// <summary>
/// Walks over the coded blocks of one colour in one scan: 64 coefficients each, of which the first is the block's mean value. Without
/// blocks to fill it only follows which bits belong to what, to see whether all of them are there.
/// </summary>
/// <remarks>Source: ITU-T T.81, sections F.2.2 and G.1.2; figures G.3 to G.7 for refining scans.</remarks>
/// <param name="bits">The coded blocks.</param>
/// <param name="scan">What the scan has of them.</param>
/// <param name="dc">The code for means; null where the scan has none, or only refines them.</param>
/// <param name="ac">The code for other coefficients; null where the scan has none.</param>
/// <param name="dcStep">The quantisation step of the means.</param>
internal sealed class JpegBlocks(JpegBits bits, JpegScan scan, JpegHuffmanCode? dc, JpegHuffmanCode? ac, int dcStep)
{
    private const int LongRun = 15, LongestValue = 15;

    private int _mean;
    private int _emptyBlocks; // that follow, of which the scan has nothing (new)

    /// <summary>Starts again, as after a restart marker.</summary>
    public void Reset() => (_mean, _emptyBlocks) = (0, 0);

    /// <summary>Walks over one block.</summary>
    /// <param name="known">A bit for each of its coefficients that is not zero by now; only progressive scans need it.</param>
    /// <param name="block">Takes its coefficients, in the order of the file; empty where nobody wants them.</param>
    /// <exception cref="InvalidDataException">The data end, or make no block.</exception>
    public void Walk(ref ulong known, Span<short> block)
    {
        if (dc is not null)
            WalkMean(block);
        else if (scan.First == 0 && bits.Read(1) != 0 && !block.IsEmpty)
            block[0] |= (short)(1 << scan.Shift);
        if (ac is null)
            return;
        if (scan.First == 0)
            WalkAllOthers(block);
        else if (scan.IsFirst)
            WalkSome(ref known, block);
        else
            WalkRefined(ref known, block);
    }

    /// <summary>The difference from the block before: its length in bits, then itself.</summary>
    private void WalkMean(Span<short> block)
    {
        int length = dc!.Decode(bits);
        if (length > LongestValue)
            throw Damaged();
        _mean += ReadSigned(length);
        if (long.Abs(((long)_mean << scan.Shift) * dcStep) > short.MaxValue)
            throw Damaged(); // the mean of 8-bit samples is a thirtieth of that
        if (!block.IsEmpty)
            block[0] = (short)(_mean << scan.Shift);
    }

    /// <summary>Coefficients 1…63 of a sequential scan.</summary>
    private void WalkAllOthers(Span<short> block)
    {
        for (int at = 1; at <= scan.Last; at++)
        {
            (int zeros, int length) = NextRun();
            if (length == 0 && zeros < LongRun)
                return; // the rest is zero
            at += zeros;
            if (at > scan.Last)
                throw Damaged();
            int value = ReadSigned(length);
            if (!block.IsEmpty)
                block[at] = (short)value;
        }
    }

    /// <summary>Coefficients that come for the first time in a progressive scan.</summary>
    private void WalkSome(ref ulong known, Span<short> block)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return;
        }

        for (int at = scan.First; at <= scan.Last; at++)
        {
            (int zeros, int length) = NextRun();
            if (length == 0 && zeros < LongRun)
            {
                _emptyBlocks = (1 << zeros) + bits.Read(zeros) - 1; // without this one
                return;
            }

            at += zeros;
            if (at > scan.Last || length + scan.Shift > LongestValue)
                throw Damaged();
            int value = ReadSigned(length);
            if (length == 0)
                continue;
            known |= 1UL << at;
            if (!block.IsEmpty)
                block[at] = (short)(value << scan.Shift);
        }
    }

    /// <summary>
    /// One more bit for each coefficient that is known, between runs of others, each of which ends at one that becomes known now.
    /// </summary>
    private void WalkRefined(ref ulong known, Span<short> block)
    {
        int at = scan.First;
        while (_emptyBlocks == 0 && at <= scan.Last)
        {
            (int zeros, int length) = NextRun();
            if (length > 1)
                throw Damaged();
            if (length == 0 && zeros < LongRun)
            {
                _emptyBlocks = (1 << zeros) + bits.Read(zeros);
                break;
            }

            int value = ReadSigned(length); // 1 or -1 for the new one
            at = RefineUpToZero(zeros, at, known, block);
            if (length > 0)
            {
                known |= at <= scan.Last ? 1UL << at : throw Damaged();
                if (!block.IsEmpty)
                    block[at] = (short)(value << scan.Shift);
            }

            at++;
        }

        if (_emptyBlocks > 0)
        {
            RefineUpToZero(int.MaxValue, at, known, block);
            _emptyBlocks--;
        }
    }

    /// <summary>Goes past so many coefficients that are not known, and on to the next one that is not.</summary>
    private int RefineUpToZero(int zeros, int at, ulong known, Span<short> block)
    {
        for (; at <= scan.Last; at++)
        {
            if ((known >> at & 1) != 0)
            {
                if (bits.Read(1) != 0 && !block.IsEmpty)
                    block[at] += (short)(block[at] < 0 ? -1 << scan.Shift : 1 << scan.Shift);
            }
            else if (zeros-- == 0)
                break;
        }

        return at;
    }

    /// <summary>A number of so many bits, 0…15: those whose first bit is 0 are the negative ones.</summary>
    private int ReadSigned(int length)
    {
        int value = bits.Read(length);
        return length > 0 && value >> (length - 1) == 0 ? value - (1 << length) + 1 : value;
    }

    /// <summary>How many zeros there are before the next value, and how many bits that has.</summary>
    private (int Zeros, int Length) NextRun()
    {
        int symbol = ac!.Decode(bits);
        return (symbol >> 4, symbol & 15);
    }

    private static InvalidDataException Damaged() => new("its pixels are damaged");
}

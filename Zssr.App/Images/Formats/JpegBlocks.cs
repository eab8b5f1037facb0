namespace Zssr.App.Images.Formats;

/// <summary>
/// Walks over the coded blocks of one colour in one scan: 64 coefficients each, of which the first is the block's mean value. What is
/// followed is only which bits belong to what; the values of coefficients are left out, but for the means, which add up from block to block.
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

    /// <summary>Begins anew, as behind a restart marker.</summary>
    public void Reset() => (_mean, _emptyBlocks) = (0, 0);

    /// <summary>Walks over one block.</summary>
    /// <param name="known">A bit for each of its coefficients that is not zero by now; only progressive scans need it.</param>
    /// <exception cref="InvalidDataException">The data end, or make no block.</exception>
    public void Skip(ref ulong known)
    {
        if (dc is not null)
            SkipMean();
        else if (scan.First == 0)
            bits.Skip(1);
        if (ac is null)
            return;
        if (scan.First == 0)
            SkipAllOthers();
        else if (scan.IsFirst)
            SkipSome(ref known);
        else
            SkipRefined(ref known);
    }

    /// <summary>The difference from the block before: its length in bits, then itself.</summary>
    private void SkipMean()
    {
        int length = dc!.Decode(bits);
        if (length > LongestValue)
            throw Damaged();
        int value = bits.Read(length);
        // Numbers whose first bit is 0 are the negative ones.
        _mean += length > 0 && value >> (length - 1) == 0 ? value - (1 << length) + 1 : value;
        if (long.Abs(((long)_mean << scan.Shift) * dcStep) > short.MaxValue)
            throw Damaged(); // the mean of 8-bit samples is a thirtieth of that
    }

    /// <summary>Coefficients 1…63 of a sequential scan.</summary>
    private void SkipAllOthers()
    {
        for (int at = 1; at <= scan.Last; at++)
        {
            (int zeros, int length) = NextRun();
            if (length == 0 && zeros < LongRun)
                return; // the rest is zero
            at += zeros;
            if (at > scan.Last)
                throw Damaged();
            bits.Skip(length);
        }
    }

    /// <summary>Coefficients that come for the first time in a progressive scan.</summary>
    private void SkipSome(ref ulong known)
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
            bits.Skip(length);
            if (length > 0)
                known |= 1UL << at;
        }
    }

    /// <summary>
    /// One more bit for each coefficient that is known, between runs of others, each of which ends at one that becomes known now.
    /// </summary>
    private void SkipRefined(ref ulong known)
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

            bits.Skip(length); // the sign of the new one
            at = RefineUpToZero(zeros, at, known);
            if (length > 0)
                known |= at <= scan.Last ? 1UL << at : throw Damaged();
            at++;
        }

        if (_emptyBlocks > 0)
        {
            RefineUpToZero(int.MaxValue, at, known);
            _emptyBlocks--;
        }
    }

    /// <summary>Goes past so many coefficients that are not known, and on to the next one that is not.</summary>
    private int RefineUpToZero(int zeros, int at, ulong known)
    {
        for (; at <= scan.Last; at++)
        {
            if ((known >> at & 1) != 0)
                bits.Skip(1);
            else if (zeros-- == 0)
                break;
        }

        return at;
    }

    /// <summary>How many zeros there are before the next value, and how many bits that has.</summary>
    private (int Zeros, int Length) NextRun()
    {
        int symbol = ac!.Decode(bits);
        return (symbol >> 4, symbol & 15);
    }

    private static InvalidDataException Damaged() => new("its pixels are damaged");
}

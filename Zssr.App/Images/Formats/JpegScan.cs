namespace Zssr.App.Images.Formats;

/// <summary>The header of a scan: one pass over some of the colours.</summary>
/// <remarks>Source: ITU-T T.81, sections B.2.3 and G.1.1.</remarks>
/// <param name="Components">The colours, 1…4.</param>
/// <param name="DcCodes">Number of each one's Huffman code for mean values.</param>
/// <param name="AcCodes">Number of each one's Huffman code for the other coefficients.</param>
/// <param name="First">The first coefficient of a block that is in it, 0…63.</param>
/// <param name="Last">The last one.</param>
/// <param name="IsFirst">Whether these coefficients come for the first time; else each gets one more bit.</param>
/// <param name="Shift">The bits of these coefficients that later scans bring, 0…13.</param>
internal sealed record JpegScan(
    JpegComponent[] Components, int[] DcCodes, int[] AcCodes, int First, int Last, bool IsFirst, int Shift)
{
    private const int LastCoefficient = 63, MostShift = 13;

    /// <summary>Understands the header.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or none of this image.</exception>
    public static JpegScan Of(JpegFrame frame, ReadOnlySpan<byte> data)
    {
        if (data.Length < 1 || data[0] is < 1 or > 4 || data.Length != 4 + 2 * data[0])
            throw Damaged();
        int count = data[0];
        var components = new JpegComponent[count];
        int[] dcCodes = new int[count], acCodes = new int[count];
        for (int i = 0; i < count; i++)
        {
            components[i] = Find(frame, data[1 + 2 * i]);
            (dcCodes[i], acCodes[i]) = (data[2 + 2 * i] >> 4, data[2 + 2 * i] & 15);
            if (dcCodes[i] >= JpegTables.Numbers || acCodes[i] >= JpegTables.Numbers)
                throw Damaged();
        }

        ReadOnlySpan<byte> part = data[^3..];
        var scan = new JpegScan(
            components, dcCodes, acCodes, part[0], frame.Progressive ? part[1] : LastCoefficient, part[2] >> 4 == 0, part[2] & 15);
        bool isPossible = frame.Progressive
            ? scan.Last <= LastCoefficient && scan.First <= scan.Last && scan.Shift <= MostShift && part[2] >> 4 <= MostShift
              && (scan.First == 0 ? scan.Last == 0 : count == 1) // mean values alone, or other coefficients of one colour
            : part[0] == 0 && part[2] == 0;
        return isPossible ? scan : throw Damaged();
    }

    private static JpegComponent Find(JpegFrame frame, int id)
    {
        foreach (JpegComponent component in frame.Components)
        {
            if (component.Id == id)
                return component;
        }

        throw new InvalidDataException("a scan has no colours");
    }

    private static InvalidDataException Damaged() => new("the header of a scan is damaged");
}

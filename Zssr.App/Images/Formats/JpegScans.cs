using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Looks over the scans of a JPEG image before it is decoded, down to each block. The decoder would take memory by the header alone, show
/// whatever that memory held where no scan writes, take what is missing for gray, and go over the whole image once more for each of
/// thousands of tiny scans.
/// </summary>
/// <param name="frame">The image.</param>
internal sealed class JpegScans(JpegFrame frame)
{
    /// <summary>Files in use have up to about 40 scans; each costs the decoder a pass over the image.</summary>
    private const int MostScans = 100;

    private readonly JpegTables _tables = new();
    private readonly HashSet<int> _begun = [];
    private readonly Dictionary<int, ulong[]> _known = []; // for each colour of a progressive image, a bit for each coefficient
    private int _frames, _scans, _restartInterval;

    /// <summary>Walks to the end of the image.</summary>
    /// <param name="segments">At the beginning of the file.</param>
    public void Check(JpegSegmentReader segments)
    {
        segments.Next(); // the start of the image
        while (segments.Next())
        {
            switch (segments.Marker)
            {
                case JpegSegmentReader.StartOfScan: CheckScan(segments); break;
                case JpegSegmentReader.RestartInterval: _restartInterval = ReadInterval(segments.ReadAll()); break;
                case JpegSegmentReader.HuffmanTables: _tables.AddCodes(segments.ReadAll()); break;
                case JpegSegmentReader.QuantisationTables: _tables.AddSteps(segments.ReadAll()); break;
                case JpegSegmentReader.EndOfImage or JpegSegmentReader.Comment: break;
                case >= JpegSegmentReader.FirstApplication and <= JpegSegmentReader.LastApplication: break;
                case int when segments.IsFrame && _frames++ == 0: break; // the one that is given
                default: throw new InvalidDataException($"it has a part of an unknown kind ({segments.Marker:X2})");
            }
        }

        if (_begun.Count < frame.Components.Count)
            throw new InvalidDataException("some of its colours are missing");
    }

    private void CheckScan(JpegSegmentReader segments)
    {
        if (++_scans > MostScans)
            throw new NotSupportedException($"with more than {MostScans} scans");
        var scan = JpegScan.Of(frame, segments.ReadAll());
        foreach (JpegComponent component in scan.Components)
        {
            bool isNew = _begun.Add(component.Id);
            if (frame.Progressive ? isNew && !(scan.First == 0 && scan.IsFirst) : !isNew)
                throw new InvalidDataException("its scans are in disorder");
        }

        JpegBits bits = segments.CodedPixels();
        WalkUnits(bits, scan);
        segments.GoTo(bits.SkipToEnd());
    }

    /// <summary>Units have some blocks of each colour by turns; those of a colour alone, one block.</summary>
    private void WalkUnits(JpegBits bits, JpegScan scan)
    {
        JpegBlocks[] blocks = [.. Enumerable.Range(0, scan.Components.Length).Select(i => BlocksOf(bits, scan, i))];
        ulong[]? known = scan.First > 0 ? KnownOf(scan.Components[0]) : null;
        ulong notNeeded = 0;
        long units = frame.UnitsOf(scan.Components);
        for (long unit = 0; unit < units; unit++)
        {
            if (_restartInterval > 0 && unit > 0 && unit % _restartInterval == 0)
            {
                bits.Restart((int)((unit / _restartInterval - 1) % 8));
                Array.ForEach(blocks, ofColor => ofColor.Reset());
            }

            for (int i = 0; i < blocks.Length; i++)
            {
                int count = blocks.Length == 1 ? 1 : scan.Components[i].Horizontal * scan.Components[i].Vertical;
                for (int block = 0; block < count; block++)
                    blocks[i].Skip(ref known is null ? ref notNeeded : ref known[unit]);
            }
        }
    }

    private JpegBlocks BlocksOf(JpegBits bits, JpegScan scan, int index)
    {
        JpegHuffmanCode? dc = scan.First == 0 && scan.IsFirst ? _tables.Dc(scan.DcCodes[index]) : null;
        JpegHuffmanCode? ac = scan.Last > 0 ? _tables.Ac(scan.AcCodes[index]) : null;
        return new JpegBlocks(bits, scan, dc, ac, _tables.DcStep(scan.Components[index].Steps));
    }

    private ulong[] KnownOf(JpegComponent component)
    {
        if (!_known.TryGetValue(component.Id, out ulong[]? known))
            _known[component.Id] = known = new ulong[frame.UnitsOf([component])];
        return known;
    }

    private static int ReadInterval(byte[] data) =>
        data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(data) : throw new InvalidDataException("its restart interval is damaged");
}

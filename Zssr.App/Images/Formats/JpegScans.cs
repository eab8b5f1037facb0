using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Walks over the scans of a JPEG image down to each block: once to see whether all of them are there, before memory is taken for pixels,
/// and once more to decode them.
/// </summary>
/// <param name="frame">The image.</param>
/// <param name="planes">Take the coefficients of each colour, in the order of the frame; null only to look.</param>
internal sealed class JpegScans(JpegFrame frame, JpegPlane[]? planes = null)
{
    /// <summary>Files in use have up to about 40 scans; each costs a pass over the image.</summary>
    private const int MostScans = 100;

    private readonly JpegTables _tables = new();
    private readonly HashSet<int> _begun = [];
    private readonly Dictionary<int, ulong[]> _known = []; // for each colour of a progressive image, a bit for each coefficient
    private readonly Dictionary<int, ulong> _whole = []; // for each colour, a bit for each coefficient that has all its bits
    private int _frames, _scans, _restartInterval;

    /// <summary>Walks to the end of the image.</summary>
    /// <param name="segments">At the beginning of the file.</param>
    public void Walk(JpegSegmentReader segments)
    {
        segments.Next(); // the start of the image
        while (segments.Next())
        {
            switch (segments.Marker)
            {
                case JpegSegmentReader.StartOfScan: WalkScan(segments); break;
                case JpegSegmentReader.RestartInterval: _restartInterval = ReadInterval(segments.ReadAll()); break;
                case JpegSegmentReader.HuffmanTables: _tables.AddCodes(segments.ReadAll()); break;
                case JpegSegmentReader.QuantisationTables: _tables.AddSteps(segments.ReadAll()); break;
                case JpegSegmentReader.EndOfImage or JpegSegmentReader.Comment: break;
                case >= JpegSegmentReader.FirstApplication and <= JpegSegmentReader.LastApplication: break;
                case int when segments.IsFrame && _frames++ == 0: break; // the one that is given
                default: throw new InvalidDataException($"it has a part of an unknown kind ({segments.Marker:X2})");
            }
        }

        if (_begun.Count < frame.Components.Length)
            throw new InvalidDataException("some of its colours are missing");
        if (segments.HasNoEnd && _whole.Values.Any(coefficients => coefficients != ulong.MaxValue))
            throw new EndOfStreamException(); // with scans that would make the picture sharper
    }

    private void WalkScan(JpegSegmentReader segments)
    {
        if (++_scans > MostScans)
            throw new NotSupportedException($"with more than {MostScans} scans");
        var scan = JpegScan.Of(frame, segments.ReadAll());
        foreach (JpegComponent component in scan.Components)
        {
            bool isNew = _begun.Add(component.Id);
            if (frame.Progressive ? isNew && !(scan.First == 0 && scan.IsFirst) : !isNew)
                throw new InvalidDataException("its scans are in disorder");
            _whole.TryAdd(component.Id, 0);
            if (scan.Shift == 0)
                _whole[component.Id] |= ulong.MaxValue >> (63 - scan.Last + scan.First) << scan.First;
            if (planes is not null && isNew)
                PlaneOf(component).Steps = _tables.Steps(component.Steps);
        }

        if (!frame.Progressive)
            _tables.UseStandardCodesIfNone();
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
        (int rows, int columns) = frame.UnitsOf(scan.Components);
        for (long unit = 0; unit < (long)rows * columns; unit++)
        {
            if (_restartInterval > 0 && unit > 0 && unit % _restartInterval == 0)
            {
                bits.Restart((int)((unit / _restartInterval - 1) % 8));
                Array.ForEach(blocks, ofColor => ofColor.Reset());
            }

            (int row, int column) = ((int)(unit / columns), (int)(unit % columns));
            for (int i = 0; i < blocks.Length; i++)
            {
                JpegComponent component = scan.Components[i];
                JpegPlane? plane = planes is null ? null : PlaneOf(component);
                (int down, int across) = blocks.Length == 1 ? (1, 1) : (component.Vertical, component.Horizontal);
                for (int block = 0; block < down * across; block++)
                {
                    ref ulong ofBlock = ref known is null ? ref notNeeded : ref known[unit];
                    if (plane is null)
                    {
                        blocks[i].Walk(ref ofBlock, []);
                        continue;
                    }

                    (int blockRow, int blockColumn) = (row * down + block / across, column * across + block % across);
                    blocks[i].Walk(ref ofBlock, plane.Begin(blockRow, blockColumn));
                    plane.End(blockRow, blockColumn);
                }
            }
        }
    }

    private JpegPlane PlaneOf(JpegComponent component) => planes![Array.IndexOf(frame.Components, component)];

    private JpegBlocks BlocksOf(JpegBits bits, JpegScan scan, int index)
    {
        JpegHuffmanCode? dc = scan.First == 0 && scan.IsFirst ? _tables.Dc(scan.DcCodes[index]) : null;
        JpegHuffmanCode? ac = scan.Last > 0 ? _tables.Ac(scan.AcCodes[index]) : null;
        return new JpegBlocks(bits, scan, dc, ac, _tables.Steps(scan.Components[index].Steps)[0]);
    }

    private ulong[] KnownOf(JpegComponent component)
    {
        if (!_known.TryGetValue(component.Id, out ulong[]? known))
        {
            (int rows, int columns) = frame.UnitsOf([component]);
            _known[component.Id] = known = new ulong[(long)rows * columns];
        }

        return known;
    }

    private static int ReadInterval(byte[] data) =>
        data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(data) : throw new InvalidDataException("its restart interval is damaged");
}

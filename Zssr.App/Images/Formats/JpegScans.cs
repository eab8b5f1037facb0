using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Looks over the scans of a JPEG image before it is decoded. The decoder would take memory by the header alone, show whatever that
/// memory held where no scan writes, and go over the whole image once more for each of thousands of tiny scans.
/// </summary>
/// <param name="frame">The image.</param>
internal sealed class JpegScans(JpegFrame frame)
{
    /// <summary>Files in use have up to about 40 scans; each costs the decoder a pass over the image.</summary>
    private const int MostScans = 100;

    private readonly HashSet<int> _begun = [];
    private int _scans, _restartInterval;

    /// <summary>Walks to the end of the image.</summary>
    /// <param name="segments">Just behind the frame's header.</param>
    public void Check(JpegSegmentReader segments)
    {
        while (segments.Next())
        {
            switch (segments.Marker)
            {
                case JpegSegmentReader.StartOfScan: CheckScan(segments); break;
                case JpegSegmentReader.RestartInterval: _restartInterval = ReadInterval(segments.ReadAll()); break;
                case JpegSegmentReader.EndOfImage: break;
                case JpegSegmentReader.HuffmanTables or JpegSegmentReader.QuantisationTables or JpegSegmentReader.Comment: break;
                case >= JpegSegmentReader.FirstApplication and <= JpegSegmentReader.LastApplication: break;
                default: throw new InvalidDataException($"it has a part of an unknown kind ({segments.Marker:X2})");
            }
        }

        if (_begun.Count < frame.Components.Count)
            throw new InvalidDataException("not all colours are in it");
    }

    private void CheckScan(JpegSegmentReader segments)
    {
        if (++_scans > MostScans)
            throw new NotSupportedException($"with more than {MostScans} scans");
        byte[] header = segments.ReadAll();
        if (header.Length < 1 || header[0] is < 1 or > 4 || header.Length != 4 + 2 * header[0])
            throw new InvalidDataException("the header of a scan is damaged");
        JpegComponent[] components = [.. Enumerable.Range(0, header[0]).Select(i => Find(header[1 + 2 * i]))];
        bool isFirst = header[^3] == 0 && header[^1] >> 4 == 0; // coefficient 0, and no refinement of bits known already
        foreach (JpegComponent component in components)
        {
            bool isNew = _begun.Add(component.Id);
            if (frame.Progressive ? isNew && !isFirst : !isNew)
                throw new InvalidDataException("its scans are in disorder");
        }

        long restarts = _restartInterval == 0 ? 0 : (frame.UnitsOf(components) - 1) / _restartInterval;
        if (segments.SkipCodedPixels() < restarts)
            throw new InvalidDataException("pixels are missing");
    }

    private JpegComponent Find(int id)
    {
        foreach (JpegComponent component in frame.Components)
        {
            if (component.Id == id)
                return component;
        }

        throw new InvalidDataException("a scan is of no colour");
    }

    private static int ReadInterval(byte[] data) =>
        data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(data) : throw new InvalidDataException("its restart interval is damaged");
}

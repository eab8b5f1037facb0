namespace Zssr.App.Images.Formats;

/// <summary>
/// The coded pixels of a JPEG scan, bit by bit, the highest of each byte first. A byte 0xFF in them is followed by 0; followed by anything
/// else it is a marker, and ends them.
/// </summary>
/// <remarks>Source: ITU-T T.81, section F.2.2.5.</remarks>
/// <param name="file">The file, at the first byte after the header of the scan.</param>
internal sealed class JpegBits(Stream file)
{
    private const int MostBits = 56; // that are read ahead

    private readonly byte[] _buffer = new byte[1 << 12];
    private int _next, _end; // what of the buffer is still to be read
    private ulong _bits; // those read from the file and not yet used, from the highest on; zeros below
    private int _count;
    private int? _marker;
    private bool _hasEnded; // the file, without a marker

    /// <summary>The next 16 bits, which stay; zeros where the data end.</summary>
    public int Peek16()
    {
        Fill(16);
        return (int)(_bits >> 48);
    }

    /// <summary>The next 0…16 bits as a number.</summary>
    /// <exception cref="InvalidDataException">The data end before, or the file does (<see cref="EndOfStreamException"/>).</exception>
    public int Read(int count)
    {
        int value = Peek16() >> (16 - count);
        Skip(count);
        return value;
    }

    /// <summary>Leaves out 0…16 bits.</summary>
    /// <exception cref="InvalidDataException">The data end before, or the file does (<see cref="EndOfStreamException"/>).</exception>
    public void Skip(int count)
    {
        Fill(count);
        if (_count < count)
            throw Missing();
        _bits <<= count;
        _count -= count;
    }

    /// <summary>Reads past a restart marker, which has to come next but for the bits that fill up a byte.</summary>
    /// <param name="number">Of the marker, 0…7.</param>
    /// <exception cref="InvalidDataException">Something else comes.</exception>
    public void Restart(int number)
    {
        Fill(8);
        if (_count >= 8 || _marker != JpegSegmentReader.Restart0 + number)
            throw Missing();
        (_bits, _count, _marker) = (0, 0, null);
    }

    /// <summary>Leaves out the rest of the data.</summary>
    /// <returns>Where the marker after it is in the file; its length where there is none.</returns>
    public long SkipToEnd()
    {
        while (!_hasEnded && _marker is null or (>= JpegSegmentReader.Restart0 and <= JpegSegmentReader.Restart7))
        {
            (_bits, _count, _marker) = (0, 0, null);
            Fill(8);
        }

        return _hasEnded ? file.Length : file.Position - (_end - _next) - 2;
    }

    /// <summary>Has so many bits ready, and more if there are; fewer where the data end.</summary>
    private void Fill(int count)
    {
        if (_count < count)
            ReadAhead();
    }

    private void ReadAhead()
    {
        while (_count <= MostBits && _marker is null && !_hasEnded)
        {
            int next = NextByte();
            if (next == JpegSegmentReader.Prefix)
            {
                int marker;
                do
                    marker = NextByte();
                while (marker == JpegSegmentReader.Prefix);
                if (marker > 0)
                {
                    _marker = marker;
                    return;
                }

                next = marker < 0 ? -1 : next;
            }

            // All pixels may be there: it is for those who want more bits to complain.
            if (next < 0)
            {
                _hasEnded = true;
                return;
            }

            _bits |= (ulong)next << (56 - _count);
            _count += 8;
        }
    }

    private int NextByte()
    {
        if (_next == _end)
        {
            (_next, _end) = (0, file.Read(_buffer));
            if (_end == 0)
                return -1;
        }

        return _buffer[_next++];
    }

    private Exception Missing() => _hasEnded ? new EndOfStreamException() : new InvalidDataException("pixels are missing");
}

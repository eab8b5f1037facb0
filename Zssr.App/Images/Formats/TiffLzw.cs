namespace Zssr.App.Images.Formats;

/// <summary>
/// LZW: each code is a string of bytes that came before. Codes 0 to 255 are single bytes; 256 empties the table; 257 ends the block; each
/// other one is the string of the code before it and one byte more. Codes have 9 to 12 bits, the highest first, and become one bit longer
/// one code before that would be needed.
/// </summary>
/// <remarks>Source: TIFF 6.0, section 13.</remarks>
internal sealed class TiffLzw(FileSection source) : TiffUnpacker(source)
{
    private const int Clear = 256, End = 257, First = 258, ShortestCode = 9, LongestCode = 12, TableLength = 1 << LongestCode;

    // A string is that of another code and one byte.
    private readonly short[] _prefix = new short[TableLength];
    private readonly byte[] _last = new byte[TableLength];
    private readonly byte[] _string = new byte[TableLength]; // of the last code, backwards: what has to be given out yet
    private int _left; // bytes of it
    private int _next; // the code that is made next
    private int _bits; // of a code
    private int _before; // the last code; -1 at the beginning, and after Clear
    private int _firstOfBefore; // the first byte of its string
    private int _waiting, _waitingBits; // bits of the file that belong to the next codes
    private bool _begun, _ended;

    public override void Begin()
    {
        Empty();
        (_left, _waiting, _waitingBits, _begun, _ended) = (0, 0, 0, false, false);
    }

    protected override int Read(Span<byte> bytes)
    {
        if (_left == 0 && !ReadString())
            return 0;
        int length = Math.Min(_left, bytes.Length);
        for (int i = 0; i < length; i++)
            bytes[i] = _string[--_left];
        return length;
    }

    private void Empty() => (_next, _bits, _before) = (First, ShortestCode, -1);

    /// <summary>Reads the next code that is a string, and makes a new one; false at the end of the block.</summary>
    private bool ReadString()
    {
        int code = _ended ? End : NextCode();
        if (!_begun && code is not (Clear or End))
            throw MakesNoSense(); // so do files from before TIFF 6.0, with the lowest bits of codes first
        _begun = true;
        while (code == Clear)
        {
            Empty();
            code = NextCode();
        }

        _ended = code == End;
        if (_ended)
            return false;
        bool isNew = code == _next && _before >= 0; // the string of the code before, and the first byte of that once more
        if (code >= First && code >= _next && !isNew)
            throw MakesNoSense();
        if (isNew)
            _string[_left++] = (byte)_firstOfBefore;
        int at = isNew ? _before : code;
        for (; at >= First; at = _prefix[at])
            _string[_left++] = _last[at];
        _string[_left++] = (byte)at;
        if (_before >= 0 && _next < TableLength)
            Add(prefix: _before, last: at);
        (_before, _firstOfBefore) = (code, at);
        return true;
    }

    private void Add(int prefix, int last)
    {
        (_prefix[_next], _last[_next]) = ((short)prefix, (byte)last);
        _next++;
        if (_next == (1 << _bits) - 1 && _bits < LongestCode)
            _bits++;
    }

    private int NextCode()
    {
        while (_waitingBits < _bits)
        {
            if (Source.ReadByte() is not (>= 0 and int next))
                return End; // some programs leave the last code out
            _waiting = (_waiting << 8) | next;
            _waitingBits += 8;
        }

        _waitingBits -= _bits;
        int code = _waiting >> _waitingBits;
        _waiting &= (1 << _waitingBits) - 1;
        return code;
    }
}

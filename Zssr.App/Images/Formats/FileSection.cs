namespace Zssr.App.Images.Formats;

/// <summary>A part of a file, then another one: <see cref="MoveTo"/>. No one else may read the file meanwhile.</summary>
/// <param name="file">The file.</param>
/// <param name="most">
/// About so many bytes are given out in all. Parts may overlap, so that the time for reading them is bounded by nothing else.
/// </param>
internal sealed class FileSection(Stream file, long most) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 13];
    private int _next, _end; // what of the buffer is still to be read
    private long _left; // bytes of the part that are not yet in the buffer
    private long _given; // bytes of all parts, those in the buffer included

    /// <summary>Begins another part, which ends with the file at the latest.</summary>
    /// <exception cref="EndOfStreamException">The file ends before it.</exception>
    public void MoveTo(long at, long length)
    {
        if (at >= file.Length)
            throw new EndOfStreamException();
        file.Position = at;
        _given -= _end - _next;
        (_next, _end, _left) = (0, 0, Math.Min(length, file.Length - at));
    }

    public override int Read(Span<byte> buffer)
    {
        if (!Fill())
            return 0;
        int length = Math.Min(buffer.Length, _end - _next);
        _buffer.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    public override int ReadByte() => Fill() ? _buffer[_next++] : -1;

    /// <summary>Whether there is anything in the buffer.</summary>
    /// <exception cref="InvalidDataException">Too much has been given out.</exception>
    private bool Fill()
    {
        if (_next < _end)
            return true;
        if (_given > most)
            throw new InvalidDataException("its parts repeat the same compressed bytes, which mean next to nothing, too often");
        (_next, _end) = (0, file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, _left))));
        _left -= _end;
        _given += _end;
        return _end > 0;
    }
}

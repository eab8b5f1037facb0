namespace Zssr.App.Images.Formats;

/// <summary>A part of a file, then another one: <see cref="MoveTo"/>. No one else may read the file meanwhile.</summary>
internal sealed class FileSection(Stream file) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 13];
    private int _next, _end; // what of the buffer is still to be read
    private long _left; // bytes of the part that are not yet in the buffer

    /// <summary>Begins another part, which ends with the file at the latest.</summary>
    /// <exception cref="EndOfStreamException">The file ends before it.</exception>
    public void MoveTo(long at, long length)
    {
        if (at >= file.Length)
            throw new EndOfStreamException();
        file.Position = at;
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
    private bool Fill()
    {
        if (_next < _end)
            return true;
        (_next, _end) = (0, file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, _left))));
        _left -= _end;
        return _end > 0;
    }
}

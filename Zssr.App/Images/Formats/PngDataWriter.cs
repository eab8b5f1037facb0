namespace Zssr.App.Images.Formats;

/// <summary>Cuts compressed pixels into chunks of a PNG file.</summary>
/// <param name="chunks">Takes them; the last one when this is disposed.</param>
internal sealed class PngDataWriter(PngChunkWriter chunks) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int part = Math.Min(buffer.Length, _buffer.Length - _count);
            buffer[..part].CopyTo(_buffer.AsSpan(_count));
            buffer = buffer[part..];
            _count += part;
            if (_count == _buffer.Length)
                WriteChunk();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WriteChunk();
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        chunks.Write("IDAT", _buffer.AsSpan(0, _count));
        _count = 0;
    }
}

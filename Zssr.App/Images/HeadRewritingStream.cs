namespace Zssr.App.Images;

/// <summary>Changes the first bytes that are written to a stream, for the encoder writes no metadata; all others pass through.</summary>
/// <param name="target">Where everything goes; it stays open.</param>
/// <param name="headLength">How many bytes to change.</param>
/// <param name="rewrite">Takes them, and gives what stands in their place.</param>
internal sealed class HeadRewritingStream(Stream target, int headLength, Func<byte[], byte[]> rewrite) : Stream
{
    private readonly byte[] _head = new byte[headLength];
    private int _known;

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
        if (_known < headLength && buffer.Length > 0)
        {
            int part = Math.Min(headLength - _known, buffer.Length);
            buffer[..part].CopyTo(_head.AsSpan(_known));
            _known += part;
            buffer = buffer[part..];
            if (_known == headLength)
                target.Write(rewrite(_head));
        }

        target.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

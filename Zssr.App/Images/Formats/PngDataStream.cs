namespace Zssr.App.Images.Formats;

/// <summary>The compressed pixels of a PNG file: the data of its IDAT chunks, one after the other.</summary>
/// <param name="chunks">Before the first of them.</param>
internal sealed class PngDataStream(PngChunkReader chunks) : Stream
{
    private bool _hasChunk;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (_hasChunk && chunks.Read(buffer) is > 0 and int read)
                return read;
            _hasChunk = chunks.Next("IDAT");
            if (!_hasChunk)
                return 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

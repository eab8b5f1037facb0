namespace Zssr.App.Images.Formats;

/// <summary>The compressed pixels of a PNG file: the data of its IDAT chunks, one after the other.</summary>
/// <param name="chunks">Before the first of them.</param>
internal sealed class PngDataStream(PngChunkReader chunks) : ForwardStream
{
    private bool _hasChunk;

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
}

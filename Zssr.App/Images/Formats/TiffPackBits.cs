namespace Zssr.App.Images.Formats;

/// <summary>
/// PackBits: a byte n of 0 to 127 says that n + 1 bytes follow as they are; one of 129 to 255, that the next byte is meant 257 − n times;
/// 128 means nothing.
/// </summary>
/// <remarks>Source: TIFF 6.0, section 9.</remarks>
internal sealed class TiffPackBits(FileSection source) : TiffUnpacker(source)
{
    private int _left; // bytes of the packet
    private int _repeated; // the byte of a run; -1 in other packets

    public override void Begin() => _left = 0;

    protected override int Read(Span<byte> bytes)
    {
        while (_left == 0)
        {
            int head = Source.ReadByte();
            if (head < 0)
                return 0;
            if (head == 128)
                continue;
            _left = head < 128 ? head + 1 : 257 - head;
            _repeated = head < 128 ? -1 : Source.NextByte();
        }

        int length = Math.Min(_left, bytes.Length);
        if (_repeated >= 0)
            bytes[..length].Fill((byte)_repeated);
        else
            length = Source.Read(bytes[..length]);
        _left -= length;
        return length;
    }
}

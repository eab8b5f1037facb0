namespace Zssr.App.Images.Formats;

/// <summary>The CRC-32 of PNG chunks: the polynomial 0xEDB88320 (bits reversed), one table look-up a byte.</summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), annex D.</remarks>
internal struct PngCrc()
{
    private uint _remainder = uint.MaxValue;

    /// <summary>The checksum of all that was added.</summary>
    public readonly uint Value => ~_remainder;

    /// <summary>Goes on with more bytes.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
            _remainder = Table[(byte)(_remainder ^ value)] ^ (_remainder >> 8);
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(RemainderOf)];

    private static uint RemainderOf(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        return remainder;
    }
}

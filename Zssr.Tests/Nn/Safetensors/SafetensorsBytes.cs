using System.Buffers.Binary;
using System.Text;

namespace Zssr.Tests.Nn.Safetensors;

/// <summary>Safetensors files put together by hand, sound or broken.</summary>
internal static class SafetensorsBytes
{
    /// <summary>Length, header and as many bytes of data, all of them 0x01.</summary>
    public static byte[] Of(string header, int dataBytes) => Of(Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] Of(byte[] header, int dataBytes) =>
        [.. Length((ulong)header.Length), .. header, .. Enumerable.Repeat((byte)1, dataBytes)];

    public static byte[] Length(ulong length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }
}

/// <summary>A stream that cannot seek, and gives a few bytes at a time, as a network does.</summary>
internal sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1000));
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Zssr.App.Images.Formats;

/// <summary>Writes the chunks of a PNG file, each with its length and checksum.</summary>
/// <param name="file">Takes them.</param>
internal sealed class PngChunkWriter(Stream file)
{
    /// <summary>One chunk.</summary>
    public void Write(string type, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[8], checksum = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, data.Length);
        Encoding.ASCII.GetBytes(type, head[4..]);
        var crc = new PngCrc();
        crc.Add(head[4..]);
        crc.Add(data);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, crc.Value);
        file.Write(head);
        file.Write(data);
        file.Write(checksum);
    }

    /// <summary>Data as PNG compresses them.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return bytes.ToArray();
    }
}

using System.IO.Compression;

namespace Zssr.App.Images.Formats;

/// <summary>Unpacks what is compressed in a PNG file beside its pixels.</summary>
internal static class PngInflation
{
    /// <summary>The bytes that are compressed from a place on; null where they make no sense, or would be more than so many.</summary>
    public static byte[]? Unpack(byte[] data, int at, int most)
    {
        using var zlib = new ZLibStream(new MemoryStream(data, at, data.Length - at), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        byte[] buffer = new byte[1 << 14];
        try
        {
            for (int read; (read = zlib.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer.AsSpan(0, read));
                if (unpacked.Length > most)
                    return null;
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return unpacked.ToArray();
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>What PNG files say about pictures: the chunks iCCP, eXIf, pHYs, gAMA, cHRM and sRGB.</summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), sections 11.3.2 and 11.3.4, and its third edition for eXIf.</remarks>
internal static class PngMetadata
{
    private const int PhysLength = 9;
    private const int LongestName = 79;

    /// <summary>Reads them; null where there are none. What is damaged is left out and said.</summary>
    public static ImageMetadata? Read(Stream file)
    {
        var metadata = new ImageMetadata();
        var chunks = new PngChunkReader(file);
        while (chunks.Next())
        {
            switch (chunks.Type)
            {
                case "iCCP" when metadata.Profile is null:
                    IccProfile? profile = chunks.Length <= IccProfile.Longest ? IccProfile.Of(Decompress(chunks.ReadAll())) : null;
                    metadata = profile is null
                        ? metadata with { Lost = [.. metadata.Lost, "a damaged colour profile"] } : metadata with { Profile = profile };
                    break;
                case "eXIf" when metadata.Exif is null:
                    metadata = chunks.Length <= ExifBlock.Longest
                        ? metadata with { Exif = chunks.ReadAll() } : metadata with { Lost = [.. metadata.Lost, "damaged EXIF data"] };
                    break;
                case "pHYs" when chunks.Length == PhysLength:
                    metadata = metadata with { Resolution = ResolutionOf(chunks.ReadAll()) };
                    break;
                case "gAMA" when chunks.Length == 4:
                case "cHRM" when chunks.Length == 32:
                case "sRGB" when chunks.Length == 1:
                    if (metadata.ColorChunks.All(chunk => chunk.Type != chunks.Type))
                        metadata = metadata with { ColorChunks = [.. metadata.ColorChunks, (chunks.Type, chunks.ReadAll())] };
                    break;
            }
        }

        return metadata.IsEmpty ? null : metadata;
    }

    /// <summary>The same as bytes of a file, to stand behind the header chunk.</summary>
    /// <param name="metadata">What to write.</param>
    /// <param name="channels">The picture's.</param>
    /// <param name="lost">Takes what cannot be written, in words.</param>
    public static byte[] Write(ImageMetadata metadata, int channels, List<string> lost)
    {
        using var bytes = new MemoryStream();
        foreach ((string type, byte[] data) in metadata.ColorChunks)
            WriteChunk(bytes, type, data);
        if (metadata.Profile is { } profile && profile.Fits(channels))
            WriteChunk(bytes, "iCCP", [.. "ICC profile\0"u8, 0, .. Compress(profile.Data)]);
        else if (metadata.Profile is not null)
            lost.Add("the colour profile, which is for other colours");
        if (metadata.Resolution is { } resolution && PhysOf(resolution) is { } phys)
            WriteChunk(bytes, "pHYs", phys);
        if (metadata.Exif is not null)
            WriteChunk(bytes, "eXIf", metadata.Exif);
        return bytes.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] typeAndData = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var crc = new PngCrc();
        crc.Add(typeAndData);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(typeAndData);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        file.Write(number);
    }

    private static Resolution? ResolutionOf(ReadOnlySpan<byte> phys)
    {
        (uint x, uint y) = (BinaryPrimitives.ReadUInt32BigEndian(phys), BinaryPrimitives.ReadUInt32BigEndian(phys[4..]));
        return x > 0 && y > 0 && phys[8] <= 1 ? new Resolution(x, y, phys[8] == 1) : null;
    }

    private static byte[]? PhysOf(Resolution resolution)
    {
        (double x, double y) = (Math.Round(resolution.Horizontal), Math.Round(resolution.Vertical));
        if (x is < 1 or > int.MaxValue || y is < 1 or > int.MaxValue)
            return null;
        byte[] phys = new byte[PhysLength];
        BinaryPrimitives.WriteUInt32BigEndian(phys, (uint)x);
        BinaryPrimitives.WriteUInt32BigEndian(phys.AsSpan(4), (uint)y);
        phys[8] = (byte)(resolution.PerMetre ? 1 : 0);
        return phys;
    }

    /// <summary>The profile of an iCCP chunk: behind a name, a zero and the number of the method, and never more than allowed.</summary>
    private static byte[]? Decompress(byte[] chunk)
    {
        int name = Array.IndexOf(chunk, (byte)0);
        if (name is < 1 or > LongestName || name + 2 > chunk.Length || chunk[name + 1] != 0)
            return null;
        using var zlib = new ZLibStream(new MemoryStream(chunk, name + 2, chunk.Length - name - 2), CompressionMode.Decompress);
        using var profile = new MemoryStream();
        byte[] buffer = new byte[1 << 14];
        try
        {
            for (int read; (read = zlib.Read(buffer)) > 0;)
            {
                profile.Write(buffer.AsSpan(0, read));
                if (profile.Length > IccProfile.Longest)
                    return null;
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return profile.ToArray();
    }

    private static byte[] Compress(byte[] data)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return bytes.ToArray();
    }
}

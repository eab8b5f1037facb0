using System.Buffers.Binary;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>What JPEG files say about pictures: JFIF's resolution (APP0), EXIF (APP1) and colour profiles in parts (APP2).</summary>
/// <remarks>Source: ITU-T T.871 (JFIF); CIPA DC-008 (EXIF), section 4.7; ICC.1, annex B.4.</remarks>
internal static class JpegMetadata
{
    private const int JfifMarker = 0xE0, ExifMarker = 0xE1, ProfileMarker = 0xE2, PhotoshopMarker = 0xED;
    private const int LongestSegment = 65533;
    private const int PerInch = 1, PerCentimetre = 2;

    private static ReadOnlySpan<byte> JfifName => "JFIF\0"u8;

    private static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> ProfileName => "ICC_PROFILE\0"u8;

    /// <summary>Reads them; null where there are none. What is damaged is left out and said.</summary>
    public static ImageMetadata? Read(Stream file)
    {
        var metadata = new ImageMetadata();
        var profile = new SortedDictionary<int, byte[]>();
        int parts = 0;
        HashSet<string> lost = [];
        foreach ((int marker, byte[] data) in Applications(file))
        {
            if (marker == JfifMarker && data.AsSpan().StartsWith(JfifName) && data.Length >= 12)
                metadata = metadata with { Resolution = ResolutionOf(data) };
            else if (marker == ExifMarker && data.AsSpan().StartsWith(ExifName))
                metadata = metadata with { Exif = metadata.Exif ?? data[ExifName.Length..] };
            else if (NameOfOther(marker, data) is { } name)
                lost.Add(name);
            else if (marker == ProfileMarker && data.AsSpan().StartsWith(ProfileName) && data.Length > ProfileName.Length + 2)
                (profile[data[ProfileName.Length]], parts) = (data[(ProfileName.Length + 2)..], data[ProfileName.Length + 1]);
        }

        if (parts > 0)
        {
            bool isWhole = profile.Count == parts && profile.Keys.SequenceEqual(Enumerable.Range(1, parts));
            IccProfile? whole = isWhole ? IccProfile.Of([.. profile.Values.SelectMany(part => part)]) : null;
            metadata = metadata with { Profile = whole };
            if (whole is null)
                lost.Add("a damaged colour profile");
        }

        metadata = metadata with { Lost = [.. lost] };
        return metadata.IsEmpty ? null : metadata;
    }

    /// <summary>The block of EXIF; null where there is none.</summary>
    public static byte[]? ReadExif(Stream file) => Read(file)?.Exif;

    /// <summary>The same as bytes of a file: from its beginning to the end of segment APP0.</summary>
    /// <param name="metadata">What to write.</param>
    /// <param name="lost">Takes what cannot be written, in words.</param>
    public static byte[] Write(ImageMetadata metadata, List<string> lost)
    {
        using var bytes = new MemoryStream();
        bytes.Write([0xFF, JpegSegmentReader.StartOfImage]);
        WriteSegment(bytes, JfifMarker, [.. JfifName, 1, 1, .. DensityOf(metadata.Resolution), 0, 0]);
        if (metadata.Exif is { } exif && exif.Length + ExifName.Length <= LongestSegment)
            WriteSegment(bytes, ExifMarker, [.. ExifName, .. exif]);
        else if (metadata.Exif is not null)
            lost.Add("EXIF data of more than 64 KiB");
        if (metadata.Profile is { } profile && profile.Fits(channels: 3)) // gray is written as colour, too
            WriteProfile(bytes, profile.Data);
        else if (metadata.Profile is not null)
            lost.Add("the colour profile, which is for other colours");
        // sRGB is what JPEG means anyway, and gamma and primaries beside it say the same once more.
        bool isStandard = metadata.ColorChunks.Any(chunk => chunk.Type == ColorChunk.StandardColors);
        IEnumerable<string> names = metadata.ColorChunks.Select(chunk => ColorChunk.NameOf(chunk.Type));
        lost.AddRange(names.Distinct().Where(name => !isStandard || name != ColorChunk.NameOf(ColorChunk.StandardColors)));
        return bytes.ToArray();
    }

    private static IEnumerable<(int Marker, byte[] Data)> Applications(Stream file)
    {
        var segments = new JpegSegmentReader(file);
        while (segments.Next() && segments.Marker != JpegSegmentReader.StartOfScan)
        {
            if (segments.Marker is JfifMarker or ExifMarker or ProfileMarker or PhotoshopMarker or JpegSegmentReader.Comment)
                yield return (segments.Marker, segments.ReadAll());
        }
    }

    /// <summary>What a segment holds that is not kept, for the user; null for all others.</summary>
    private static string? NameOfOther(int marker, ReadOnlySpan<byte> data) => marker switch
    {
        ExifMarker when data.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8) => "XMP data",
        ProfileMarker when data.StartsWith("MPF\0"u8) => "all of its pictures but the first",
        PhotoshopMarker when data.StartsWith("Photoshop 3.0\0"u8) => "IPTC data",
        JpegSegmentReader.Comment when data.Length > 0 => "a comment",
        _ => null,
    };

    private static void WriteProfile(MemoryStream file, byte[] profile)
    {
        byte[][] parts = [.. profile.Chunk(LongestSegment - ProfileName.Length - 2)];
        for (int i = 0; i < parts.Length; i++)
            WriteSegment(file, ProfileMarker, [.. ProfileName, (byte)(i + 1), (byte)parts.Length, .. parts[i]]);
    }

    private static void WriteSegment(MemoryStream file, int marker, byte[] data)
    {
        Span<byte> head = [0xFF, (byte)marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(data.Length + 2));
        file.Write(head);
        file.Write(data);
    }

    /// <summary>JFIF's unit and densities; none where both are 1 without a unit, which every file says that knows nothing.</summary>
    private static Resolution? ResolutionOf(ReadOnlySpan<byte> jfif)
    {
        double metres = jfif[7] switch { PerInch => Resolution.Inch, PerCentimetre => 0.01, _ => 1 };
        (int x, int y) = (BinaryPrimitives.ReadUInt16BigEndian(jfif[8..]), BinaryPrimitives.ReadUInt16BigEndian(jfif[10..]));
        bool perMetre = jfif[7] is PerInch or PerCentimetre;
        return x == 0 || y == 0 || (x == y && !perMetre) ? null : new Resolution(x / metres, y / metres, perMetre);
    }

    private static byte[] DensityOf(Resolution? resolution)
    {
        double perInch = resolution is { PerMetre: true } ? Resolution.Inch : 1;
        (double x, double y) = (Math.Round((resolution?.Horizontal ?? 1) * perInch), Math.Round((resolution?.Vertical ?? 1) * perInch));
        byte[] density = [0, 0, 1, 0, 1];
        if (resolution is null || x is < 1 or > ushort.MaxValue || y is < 1 or > ushort.MaxValue)
            return density;
        density[0] = (byte)(resolution.PerMetre ? PerInch : 0);
        BinaryPrimitives.WriteUInt16BigEndian(density.AsSpan(1), (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(density.AsSpan(3), (ushort)y);
        return density;
    }
}

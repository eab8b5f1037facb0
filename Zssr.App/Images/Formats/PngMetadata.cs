using System.Buffers.Binary;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>What PNG files say about pictures: the chunks iCCP, eXIf, pHYs, and those about colours (<see cref="ColorChunk"/>).</summary>
/// <remarks>
/// Of each kind the first chunk counts, and no other is looked into: a file may have thousands. Source: the PNG specification
/// (ISO/IEC 15948), third edition, section 11.3.
/// </remarks>
internal sealed class PngMetadata
{
    private const int PhysLength = 9, AnimationLength = 8;
    private const int LongestName = 79;

    /// <summary>What was found and cannot be kept: a few names, whatever the number of chunks.</summary>
    private readonly HashSet<string> _lost = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<(string, byte[])> _colors = [];
    private IccProfile? _profile;
    private Resolution? _resolution;
    private byte[]? _exif, _exifInText;

    private PngMetadata()
    {
    }

    /// <summary>Reads them; null where there are none. What is damaged is left out and said.</summary>
    public static ImageMetadata? Read(Stream file)
    {
        var found = new PngMetadata();
        var chunks = new PngChunkReader(file);
        while (chunks.Next())
            found.Take(chunks);
        var metadata = new ImageMetadata
        {
            Profile = found._profile,
            Exif = found._exif ?? found._exifInText,
            Resolution = found._resolution,
            ColorChunks = found._colors,
            Lost = [.. found._lost],
        };
        return metadata.IsEmpty ? null : metadata;
    }

    /// <summary>The same as chunks of a file, to follow the header chunk.</summary>
    /// <param name="file">Takes them.</param>
    /// <param name="metadata">What to write.</param>
    /// <param name="channels">The picture's.</param>
    /// <param name="lost">Takes what cannot be written, in words.</param>
    public static void Write(PngChunkWriter file, ImageMetadata metadata, int channels, List<string> lost)
    {
        foreach ((string type, byte[] data) in metadata.ColorChunks)
            file.Write(type, data);
        if (metadata.Profile is { } profile && profile.Fits(channels))
            file.Write("iCCP", [.. "ICC profile\0"u8, 0, .. PngChunkWriter.Compress(profile.Data)]);
        else if (metadata.Profile is not null)
            lost.Add("the colour profile, which is for other colours");
        if (metadata.Resolution is { } resolution && PhysOf(resolution) is { } phys)
            file.Write("pHYs", phys);
        if (metadata.Exif is not null)
            file.Write("eXIf", metadata.Exif);
    }

    private void Take(PngChunkReader chunk)
    {
        switch (chunk.Type)
        {
            case "tEXt" or "zTXt" or "iTXt":
                TakeText(chunk);
                break;
            case "iCCP" when IsFirst(chunk):
                byte[]? packed = chunk.Length <= IccProfile.Longest ? chunk.ReadIntact() : [];
                _profile = packed is null ? null : IccProfile.Of(Decompress(packed));
                Require(_profile is not null, "a damaged colour profile");
                break;
            case "eXIf" when IsFirst(chunk):
                _exif = chunk.Length <= ExifBlock.Longest ? chunk.ReadIntact() : null;
                Require(_exif is not null, "damaged EXIF data");
                break;
            case "pHYs" when chunk.Length == PhysLength && IsFirst(chunk):
                _resolution = chunk.ReadIntact() is { } phys ? ResolutionOf(phys) : null;
                break;
            case "acTL" when chunk.Length == AnimationLength && IsFirst(chunk):
                if (chunk.ReadIntact() is { } animation && BinaryPrimitives.ReadUInt32BigEndian(animation) > 1)
                    _lost.Add("all pictures of its animation but the first");
                break;
            case string type when ColorChunk.LengthOf(type) == chunk.Length && IsFirst(chunk):
                if (chunk.ReadIntact() is { } color)
                    _colors.Add((type, color));
                break;
        }
    }

    private void TakeText(PngChunkReader chunk)
    {
        string keyword = PngText.KeywordOf(chunk);
        if (!PngText.IsExif(chunk.Type, keyword))
        {
            if (PngText.NameOf(keyword) is { } name)
                _lost.Add(name);
        }
        else if (_seen.Add(nameof(PngText)))
        {
            _exifInText = PngText.ExifOf(chunk);
            Require(_exifInText is not null, "damaged EXIF data");
        }
    }

    private bool IsFirst(PngChunkReader chunk) => _seen.Add(chunk.Type);

    private void Require(bool isSound, string name)
    {
        if (!isSound)
            _lost.Add(name);
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

    /// <summary>The profile of an iCCP chunk: after a name, a zero and the number of the method, and never more than allowed.</summary>
    private static byte[]? Decompress(byte[] chunk)
    {
        int name = Array.IndexOf(chunk, (byte)0);
        return name is >= 1 and <= LongestName && name + 2 <= chunk.Length && chunk[name + 1] == 0
            ? PngInflation.Unpack(chunk, name + 2, IccProfile.Longest) : null;
    }
}

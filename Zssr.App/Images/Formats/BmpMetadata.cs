using System.Buffers.Binary;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>What BMP files say about pictures: the resolution, and in Windows' fourth and fifth header what the colours are.</summary>
/// <remarks>Source: Microsoft's documentation of BITMAPINFOHEADER, BITMAPV4HEADER and BITMAPV5HEADER.</remarks>
internal static class BmpMetadata
{
    /// <summary>Where a file has its pixels a metre, from left to right; those from top to bottom follow.</summary>
    public const int ResolutionAt = 38;

    private const int HeaderStart = 14, InfoLength = 40, ColorsLength = 108, ProfileLength = 124;
    private const int KindAt = 70, PrimariesAt = 74, PrimariesEnd = 122, ProfileAt = 126, ProfileSizeAt = 130;
    private const uint Calibrated = 0, Embedded = 0x4D424544, Linked = 0x4C494E4B; // "MBED", "LINK"

    /// <summary>Reads them; null where there are none. What is damaged or not kept is said.</summary>
    public static ImageMetadata? Read(Stream file)
    {
        byte[] bytes = new byte[HeaderStart + ProfileLength];
        file.Position = 0;
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        uint length = U32(bytes, HeaderStart);
        if (length < InfoLength || read < HeaderStart + length)
            return null;
        (int x, int y) = ((int)U32(bytes, ResolutionAt), (int)U32(bytes, ResolutionAt + 4));
        var metadata = new ImageMetadata { Resolution = x > 0 && y > 0 ? new Resolution(x, y, PerMetre: true) : null };
        metadata = (length, U32(bytes, KindAt)) switch
        {
            (ProfileLength, Embedded) => WithProfile(metadata, file, U32(bytes, ProfileAt), U32(bytes, ProfileSizeAt)),
            (ProfileLength, Linked) => metadata with { Lost = ["a colour profile in another file"] },
            (ColorsLength or ProfileLength, Calibrated) when bytes.AsSpan(PrimariesAt..PrimariesEnd).ContainsAnyExcept((byte)0) =>
                metadata with { Lost = ["gamma and primaries"] },
            _ => metadata,
        };
        return metadata.IsEmpty ? null : metadata;
    }

    private static ImageMetadata WithProfile(ImageMetadata metadata, Stream file, long start, long size)
    {
        start += HeaderStart;
        byte[]? data = null;
        if (size <= IccProfile.Longest && start + size <= file.Length)
        {
            data = new byte[size];
            file.Position = start;
            file.ReadExactly(data);
        }

        return IccProfile.Of(data) is { } profile
            ? metadata with { Profile = profile } : metadata with { Lost = ["a damaged colour profile"] };
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

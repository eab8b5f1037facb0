using System.Text;

namespace Zssr.App.Images.Metadata;

/// <summary>An ICC colour profile: what the numbers of a picture look like.</summary>
/// <remarks>Source: ICC.1, section 7.2 (the profile's header of 128 bytes).</remarks>
internal sealed class IccProfile
{
    /// <summary>The most bytes that are carried; those of cameras and screens have a few thousand, those of printers 2 million.</summary>
    public const int Longest = 4 << 20;

    private const int HeaderLength = 128, ColorSpaceAt = 16, SignatureAt = 36;

    private IccProfile(byte[] data) => Data = data;

    /// <summary>The whole profile.</summary>
    public byte[] Data { get; }

    /// <summary>The profile of some bytes; null where they are none.</summary>
    public static IccProfile? Of(byte[]? data) =>
        data is { Length: >= HeaderLength and <= Longest } && data.AsSpan(SignatureAt).StartsWith("acsp"u8) ? new IccProfile(data) : null;

    /// <summary>Whether it speaks of pictures with so many channels: gray, or red, green, blue.</summary>
    public bool Fits(int channels) => Encoding.ASCII.GetString(Data, ColorSpaceAt, 4) == (channels == 1 ? "GRAY" : "RGB ");
}

using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>The 18 bytes that a TGA file begins with.</summary>
internal sealed class TgaHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 18;

    private const int RunLengthKind = 8; // added to the kind of image

    private readonly int _identificationLength, _kind, _mapBits, _bits, _descriptor;

    private TgaHeader(ReadOnlySpan<byte> bytes)
    {
        (_identificationLength, _kind, _mapBits, _bits, _descriptor) = (bytes[0], bytes[2], bytes[7], bytes[16], bytes[17]);
        (HasMap, MapFirst, MapLength) = (bytes[1] == 1, U16(bytes, 3), U16(bytes, 5));
        (Width, Height) = (U16(bytes, 12), U16(bytes, 14));
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Whether pixels are indices of a palette.</summary>
    public bool IsPalette => (_kind & ~RunLengthKind) == 1;

    /// <summary>Whether pixels are stored as runs.</summary>
    public bool RunLength => (_kind & RunLengthKind) != 0;

    /// <summary>The index of the palette's first colour.</summary>
    public int MapFirst { get; }

    /// <summary>Colours in the palette.</summary>
    public int MapLength { get; }

    /// <summary>Bytes of a colour in the palette.</summary>
    public int MapEntryBytes => (_mapBits + 7) / 8;

    /// <summary>Where the palette begins.</summary>
    public long MapStart => Length + _identificationLength;

    /// <summary>Where the pixels begin.</summary>
    public long PixelStart => MapStart + (HasMap ? (long)MapLength * MapEntryBytes : 0);

    /// <summary>Bytes of a stored pixel.</summary>
    public int PixelBytes => (_bits + 7) / 8;

    /// <summary>Samples of a pixel.</summary>
    public int Samples => ColorBits switch
    {
        32 => 4,
        16 when IsGray => 2,
        16 when HasOneAlphaBit => 4,
        15 or 16 or 24 => 3,
        _ => 1,
    };

    /// <summary>Whether the header says that there is alpha.</summary>
    public bool HasAlphaBits => (_descriptor & 0x0F) != 0;

    /// <summary>Whether alpha is one bit beside five of each colour.</summary>
    public bool HasOneAlphaBit => ColorBits == 16 && !IsGray && HasAlphaBits;

    /// <summary>Whether the first row stored is the top one.</summary>
    public bool TopDown => (_descriptor & 0x20) != 0;

    /// <summary>Whether the first pixel of a row is the right one.</summary>
    public bool RightToLeft => (_descriptor & 0x10) != 0;

    private bool HasMap { get; }

    private int ColorBits => IsPalette ? _mapBits : _bits;

    private bool IsGray => (_kind & ~RunLengthKind) == 3;

    /// <summary>Reads the header of a file that has been found to be a TGA.</summary>
    public static TgaHeader Read(Stream file)
    {
        byte[] bytes = new byte[Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return new TgaHeader(bytes);
    }

    /// <summary>
    /// Whether a file may be a TGA. The format begins with no signature: a header in which every field has one of its few legal values
    /// must do.
    /// </summary>
    public static bool Fits(ReadOnlySpan<byte> file)
    {
        if (file.Length < Length)
            return false;
        var header = new TgaHeader(file);
        bool kindFits = (file[1], header._kind & ~RunLengthKind) switch
        {
            (1, 1) => header._mapBits is 15 or 16 or 24 or 32 && header._bits is 8 or 16 && header.MapLength > 0,
            (0 or 1, 2) => header._bits is 15 or 16 or 24 or 32,
            (0 or 1, 3) => header._bits is 8 or 16,
            _ => false,
        };
        return kindFits && header._kind <= 11 && header is { Width: > 0, Height: > 0 } && (header._descriptor & 0xC0) == 0;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}

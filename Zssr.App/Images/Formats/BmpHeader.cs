using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>The headers of a BMP file, from OS/2's first (12 bytes) to Windows' fifth (124).</summary>
/// <param name="Bits">Of a pixel: 1, 2, 4, 8 index a palette; 16, 32 are cut up by masks; 24 is blue, green, red.</param>
/// <param name="RunLength">Whether indices are stored as runs (RLE4, RLE8).</param>
/// <param name="TopDown">Whether the first row stored is the top one.</param>
/// <param name="PixelStart">Where the pixels begin.</param>
/// <param name="PaletteStart">Where the palette begins.</param>
/// <param name="PaletteLength">Colours in it.</param>
/// <param name="PaletteEntry">Bytes of each.</param>
/// <param name="Masks">Which bits of a pixel of 16 or 32 are red, green, blue and alpha.</param>
/// <remarks>Source: Microsoft's documentation of BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER and BITMAPV5HEADER.</remarks>
internal sealed record BmpHeader(
    int Bits, bool RunLength, bool TopDown, long PixelStart, int PaletteStart, int PaletteLength, int PaletteEntry, uint[] Masks)
{
    private const int FileHeaderLength = 14, CoreLength = 12, InfoLength = 40, MasksLength = 52, AlphaMaskLength = 56;
    private const uint Raw = 0, Rle8 = 1, Rle4 = 2, BitFields = 3, AlphaBitFields = 6;

    /// <summary>Bytes of a stored row: whole groups of four.</summary>
    public long RowBytes(int width) => ((long)width * Bits + 31) / 32 * 4;

    /// <summary>Reads the headers.</summary>
    public static (long Height, long Width, BmpHeader Header) Read(Stream file)
    {
        // The longest header and four masks after it; what a shorter file lacks is found where it is needed.
        byte[] bytes = new byte[FileHeaderLength + 124 + 16];
        file.Position = 0;
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        uint length = U32(bytes, FileHeaderLength);
        if (length is not (CoreLength or InfoLength or MasksLength or AlphaMaskLength or 64 or 108 or 124))
            throw new NotSupportedException($"with a header of {length} bytes, which is not a known one");
        if (read < FileHeaderLength + length)
            throw new EndOfStreamException();
        return length == CoreLength ? ReadCore(bytes) : ReadInfo(bytes, (int)length);
    }

    private static (long Height, long Width, BmpHeader Header) ReadCore(byte[] bytes)
    {
        int bits = U16(bytes, 24);
        RequireKind(bits, Raw, isOs2: true);
        return (U16(bytes, 20), U16(bytes, 18), Make(bytes, bits, Raw, false, FileHeaderLength + CoreLength, 0, 3, []));
    }

    private static (long Height, long Width, BmpHeader Header) ReadInfo(byte[] bytes, int length)
    {
        int height = (int)U32(bytes, 22), bits = U16(bytes, 28);
        uint compression = U32(bytes, 30);
        RequireKind(bits, compression, isOs2: length == 64);
        int end = FileHeaderLength + length;
        // Windows' first header has its masks after it, later ones contain them.
        if (length == InfoLength)
            end += compression switch { BitFields => 12, AlphaBitFields => 16, _ => 0 };
        bool hasAlphaMask = length == InfoLength ? compression == AlphaBitFields : length >= AlphaMaskLength;
        uint[] masks = compression is BitFields or AlphaBitFields
            ? [U32(bytes, 54), U32(bytes, 58), U32(bytes, 62), hasAlphaMask ? U32(bytes, 66) : 0]
            : bits == 16 ? [0x7C00, 0x3E0, 0x1F, 0] : [0xFF0000, 0xFF00, 0xFF, 0]; // the fourth byte of 32 bits means nothing then
        BmpHeader header = Make(bytes, bits, compression, height < 0, end, U32(bytes, 46), 4, masks);
        return (Math.Abs((long)height), (int)U32(bytes, 18), header);
    }

    private static BmpHeader Make(
        byte[] bytes, int bits, uint compression, bool topDown, int paletteStart, uint colors, int paletteEntry, uint[] masks)
    {
        long pixelStart = U32(bytes, 10);
        if (pixelStart < paletteStart)
            throw new InvalidDataException("its pixels begin within its header");
        int most = bits <= 8 ? 1 << bits : 0;
        long room = (pixelStart - paletteStart) / paletteEntry;
        int length = (int)Math.Min(colors == 0 ? most : Math.Min(most, colors), room);
        if (bits <= 8 && length == 0)
            throw new InvalidDataException("it has no palette");
        return new BmpHeader(bits, compression is Rle8 or Rle4, topDown, pixelStart, paletteStart, length, paletteEntry, masks);
    }

    private static void RequireKind(int bits, uint compression, bool isOs2)
    {
        if (bits is not (1 or 2 or 4 or 8 or 16 or 24 or 32))
            throw new InvalidDataException($"there are no pixels of {bits} bits");
        bool isKnown = compression switch
        {
            Raw => true,
            Rle8 => bits == 8,
            Rle4 => bits == 4,
            BitFields or AlphaBitFields => bits is 16 or 32 && !isOs2,
            _ => false,
        };
        if (!isKnown)
            throw new NotSupportedException($"with {bits} bits a pixel and compression {compression}");
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

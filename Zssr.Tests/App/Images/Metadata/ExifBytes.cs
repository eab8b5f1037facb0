using System.Buffers.Binary;

namespace Zssr.Tests.App.Images.Metadata;

/// <summary>Makes blocks of EXIF as a camera does, and reads them back, straight from the specification (TIFF 6.0, section 2).</summary>
internal sealed class ExifBytes(bool bigEndian)
{
    public const int
        ImageWidth = 0x0100, ImageLength = 0x0101, Maker = 0x010F, Orientation = 0x0112, XResolution = 0x011A, YResolution = 0x011B,
        Thumbnail = 0x0201, ThumbnailLength = 0x0202, Details = 0x8769, Iso = 0x8827, PixelWidth = 0xA002, PixelHeight = 0xA003;

    private const int Short = 3, Long = 4, Rational = 5, Ascii = 2;

    /// <summary>The thumbnail's bytes.</summary>
    public const byte ThumbnailByte = 0xAB;

    /// <summary>A block with everything in it that must go, and a maker, a sensitivity and resolutions that must stay.</summary>
    /// <param name="orientation">1…8, or anything else.</param>
    public byte[] Make(int orientation)
    {
        // Header 8; directory 0 at 8 with 7 entries to 98; the maker 98, resolutions 104 and 112; details at 120 with 3 entries to 162;
        // directory 1 at 162 with 2 entries to 192; the thumbnail to 232.
        byte[] block = new byte[232];
        (bigEndian ? "MM\0*"u8 : "II*\0"u8).CopyTo(block);
        U32(block, 4, 8);
        Directory(block, 8, next: 162,
            (ImageWidth, Long, 1, 4000), (ImageLength, Long, 1, 3000), (Maker, Ascii, 5, 98), (Orientation, Short, 1, orientation),
            (XResolution, Rational, 1, 104), (YResolution, Rational, 1, 112), (Details, Long, 1, 120));
        "Acme\0"u8.CopyTo(block.AsSpan(98));
        foreach ((int at, int value) in new[] { (104, 300), (108, 1), (112, 150), (116, 1) })
            U32(block, at, value);
        Directory(block, 120, next: 0, (Iso, Short, 1, 200), (PixelWidth, Long, 1, 4000), (PixelHeight, Short, 1, 3000));
        Directory(block, 162, next: 0, (Thumbnail, Long, 1, 192), (ThumbnailLength, Long, 1, 40));
        block.AsSpan(192).Fill(ThumbnailByte);
        return block;
    }

    /// <summary>The values of the entries of directory 0 and of the details, by tag; of a fraction, its quotient.</summary>
    public Dictionary<int, double> Read(byte[] block)
    {
        var values = new Dictionary<int, double>();
        int next = Read(block, (int)U32(block, 4), values);
        if (values.TryGetValue(Details, out double details))
            Read(block, (int)details, values);
        if (next != 0)
            Read(block, next, values);
        return values;
    }

    private int Read(byte[] block, int at, Dictionary<int, double> values)
    {
        int count = U16(block, at);
        for (int entry = at + 2; entry < at + 2 + 12 * count; entry += 12)
        {
            long value = U16(block, entry + 2) == Short ? U16(block, entry + 8) : U32(block, entry + 8);
            values.Add(
                U16(block, entry), U16(block, entry + 2) == Rational ? (double)U32(block, (int)value) / U32(block, (int)value + 4) : value);
        }

        return (int)U32(block, at + 2 + 12 * count);
    }

    private void Directory(byte[] block, int at, int next, params (int Tag, int Type, int Count, int Value)[] entries)
    {
        U16(block, at, entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            int entry = at + 2 + 12 * i;
            U16(block, entry, entries[i].Tag);
            U16(block, entry + 2, entries[i].Type);
            U32(block, entry + 4, entries[i].Count);
            if (entries[i].Type == Short)
                U16(block, entry + 8, entries[i].Value);
            else
                U32(block, entry + 8, entries[i].Value);
        }

        U32(block, at + 2 + 12 * entries.Length, next);
    }

    private int U16(byte[] block, int at) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(block.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at));

    private long U32(byte[] block, int at) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(at));

    private void U16(byte[] block, int at, int value)
    {
        if (bigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(at), (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at), (ushort)value);
    }

    private void U32(byte[] block, int at, int value)
    {
        if (bigEndian)
            BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(at), value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(at), value);
    }
}

using System.Buffers.Binary;

namespace Zssr.App.Images.Metadata;

/// <summary>
/// What a camera says about its picture, EXIF: directories of entries as in TIFF files. An entry is 12 bytes: tag, type, count, and the
/// value or where it is.
/// </summary>
/// <remarks>
/// Entries are taken out where they are, and nothing is moved: the notes of cameras' makers point at places in the block. New values are
/// appended at the end, for two entries may share an old one. Source: CIPA DC-008 (EXIF 2.32), section 4; TIFF 6.0,
/// section 2. Offsets of a damaged block lead nowhere: all reading is by <see cref="Fits"/>.
/// </remarks>
internal sealed class ExifBlock
{
    /// <summary>The most bytes that are looked at.</summary>
    public const int Longest = 1 << 20;

    private const int HeaderLength = 8, EntryLength = 12;
    private const int ShortType = 3, RationalType = 5;

    private byte[] _bytes;
    private readonly bool _bigEndian;

    private ExifBlock(byte[] bytes) => (_bytes, _bigEndian) = (bytes, bytes[0] == 'M');

    /// <summary>How the picture has to be turned; upright where the block does not say so, or is damaged.</summary>
    public static ExifOrientation OrientationOf(byte[] block) =>
        Open(block) is { } exif && exif.Find(exif.First, Tag.Orientation) is { } entry && exif.U16(entry + 2) == ShortType
            && exif.U16(entry + 8) is >= 1 and <= 8 and int value ? (ExifOrientation)value : ExifOrientation.Upright;

    /// <summary>
    /// The block for a picture that was turned upright and changed in size: without sizes in pixels and thumbnail, and with as many more
    /// pixels an inch. Null where it is damaged.
    /// </summary>
    /// <param name="block">The block as it was read; it stays as it is.</param>
    /// <param name="vertical">The scale from top to bottom.</param>
    /// <param name="horizontal">The scale from left to right.</param>
    public static byte[]? Adapted(byte[] block, double vertical, double horizontal)
    {
        if (Open([.. block]) is not { } exif)
            return null;
        exif.RemoveThumbnail();
        if (OrientationOf(block).SwapsSides())
            exif.SwapResolutions();
        exif.ScaleRationals((Tag.XResolution, horizontal), (Tag.YResolution, vertical));
        if (exif.Find(exif.First, Tag.Orientation) is { } orientation && exif.U16(orientation + 2) == ShortType)
            exif.SetU16(orientation + 8, (int)ExifOrientation.Upright);
        if (exif.Directory(exif.First, Tag.ExifDirectory) is { } details)
        {
            if (exif.Directory(details, Tag.InteroperabilityDirectory) is { } related)
                exif.Remove(related, Tag.RelatedImageWidth, Tag.RelatedImageLength);
            exif.Remove(details, Tag.PixelXDimension, Tag.PixelYDimension);
        }

        exif.Remove(exif.First, Tag.ImageWidth, Tag.ImageLength);
        return exif._bytes;
    }

    private static ExifBlock? Open(byte[] block)
    {
        // Some programs put the name of JPEG's segment before the block in PNG files, too.
        if (block.AsSpan().StartsWith("Exif\0\0"u8))
            block = block[6..];
        if (!block.AsSpan().StartsWith("II*\0"u8) && !block.AsSpan().StartsWith("MM\0*"u8))
            return null;
        if (block.Length is < HeaderLength or > Longest)
            return null;
        var exif = new ExifBlock(block);
        return exif.IsDirectory(exif.First) ? exif : null;
    }

    private long First => U32(4);

    private int EntriesOf(long directory) => U16(directory);

    private bool IsDirectory(long at) => at >= HeaderLength && Fits(at, 2) && Fits(at + 2, (long)EntriesOf(at) * EntryLength + 4);

    /// <summary>Where an entry is; null where the directory has none of that tag.</summary>
    private long? Find(long directory, int tag)
    {
        for (int i = 0; i < EntriesOf(directory); i++)
        {
            long entry = directory + 2 + i * EntryLength;
            if (!Fits(entry, EntryLength)) // where directories of a damaged block overlap, changing one spoils the other
                return null;
            if (U16(entry) == tag)
                return entry;
        }

        return null;
    }

    /// <summary>Where a directory is that an entry of another one points at.</summary>
    private long? Directory(long directory, int tag) =>
        Find(directory, tag) is { } entry && U32(entry + 8) is var at && IsDirectory(at) ? at : null;

    /// <summary>Takes entries out; those after them move up, and so does the link to the next directory, which follows them.</summary>
    private void Remove(long directory, params ReadOnlySpan<int> tags)
    {
        if (!IsDirectory(directory)) // where directories of a damaged block overlap, changing one spoils the other
            return;
        int count = EntriesOf(directory), kept = 0;
        long first = directory + 2;
        for (int i = 0; i < count; i++)
        {
            long entry = first + i * EntryLength;
            if (tags.Contains(U16(entry)))
                continue;
            Move(entry, first + kept++ * EntryLength, EntryLength);
        }

        Move(first + count * EntryLength, first + kept * EntryLength, 4);
        SetU16(directory, kept);
    }

    private void Move(long from, long to, int length) => _bytes.AsSpan((int)from, length).CopyTo(_bytes.AsSpan((int)to));

    /// <summary>Cuts the second directory off, which is the thumbnail's, and blots the thumbnail out.</summary>
    private void RemoveThumbnail()
    {
        long link = First + 2 + EntriesOf(First) * EntryLength, second = U32(link);
        SetU32(link, 0);
        if (!IsDirectory(second) || Find(second, Tag.ThumbnailOffset) is not { } offset
            || Find(second, Tag.ThumbnailLength) is not { } size)
            return;
        (long at, long length) = (U32(offset + 8), U32(size + 8));
        if (at <= link || !Fits(at, length))
            return;
        _bytes.AsSpan((int)at, (int)length).Clear();
        if (at + length == _bytes.Length)
            _bytes = _bytes[..(int)at];
    }

    private void SwapResolutions()
    {
        if (Find(First, Tag.XResolution) is { } x && Find(First, Tag.YResolution) is { } y)
        {
            byte[] valueOfX = [.. Value(x)];
            Value(y).CopyTo(Value(x));
            valueOfX.CopyTo(Value(y));
        }
    }

    /// <summary>Multiplies fractions, as far as 32 bits hold the results, which stand at the end of the block then.</summary>
    private void ScaleRationals(params ReadOnlySpan<(int Tag, double Scale)> fractions)
    {
        const int Steps = 1000;
        foreach ((int tag, double scale) in fractions)
        {
            if (Find(First, tag) is not { } entry || U16(entry + 2) != RationalType || U32(entry + 8) is var at && !Fits(at, 8))
                continue;
            double value = U32(at + 4) == 0 ? 0 : (double)U32(at) / U32(at + 4) * scale * Steps;
            if (scale == 1 || value is < 1 or > uint.MaxValue)
                continue;
            int end = _bytes.Length + _bytes.Length % 2; // values stand at even places
            Array.Resize(ref _bytes, end + 8);
            SetU32(end, (uint)Math.Round(value));
            SetU32(end + 4, Steps);
            SetU32(entry + 8, (uint)end);
        }
    }

    /// <summary>Type, count and value of an entry: all but its tag.</summary>
    private Span<byte> Value(long entry) => _bytes.AsSpan((int)entry + 2, EntryLength - 2);

    private bool Fits(long at, long length) => at >= 0 && length >= 0 && at + length <= _bytes.Length;

    private int U16(long at)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan((int)at);
        return _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    private long U32(long at)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan((int)at);
        return _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private void SetU16(long at, int value)
    {
        Span<byte> bytes = _bytes.AsSpan((int)at);
        if (_bigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
    }

    private void SetU32(long at, uint value)
    {
        Span<byte> bytes = _bytes.AsSpan((int)at);
        if (_bigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }

    private static class Tag
    {
        public const int ImageWidth = 0x0100, ImageLength = 0x0101, Orientation = 0x0112, XResolution = 0x011A, YResolution = 0x011B,
            ThumbnailOffset = 0x0201, ThumbnailLength = 0x0202, ExifDirectory = 0x8769, InteroperabilityDirectory = 0xA005,
            PixelXDimension = 0xA002, PixelYDimension = 0xA003, RelatedImageWidth = 0x1001, RelatedImageLength = 0x1002;
    }
}
